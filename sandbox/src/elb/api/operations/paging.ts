import { validationError } from '../../errors.ts';

/** One page of items, and the marker of the next one when there is more. */
export type Page<T> = { readonly items: readonly T[]; readonly NextMarker?: string };

const maxPageSize = 400;

/**
 * The page after the marker, which is the ARN of the last item of the page before.
 * @throws ElbError ValidationError: an unknown marker.
 */
export function pageOf<T extends { readonly arn: string }>(
  items: readonly T[],
  { Marker, PageSize = maxPageSize }: { Marker?: string | undefined; PageSize?: number | undefined },
): Page<T> {
  const start = Marker === undefined ? 0 : items.findIndex((item) => item.arn === Marker) + 1;
  if (Marker !== undefined && start === 0) throw validationError(`'${Marker}' is not a valid marker`);
  const found = items.slice(start, start + PageSize);
  const last = found.at(-1);
  return last && start + PageSize < items.length ? { items: found, NextMarker: last.arn } : { items: found };
}
