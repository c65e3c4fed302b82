/**
 * What keeps an object of the API from being kept by its name and version, for people; undefined where nothing does.
 * API servers send no such objects; what stands between may send anything.
 */
export function oddityOf(raw: unknown): string | undefined {
  const { namespace = '', name } = metadataOf(raw);
  if (typeof name !== 'string' || name === '') return 'an object without a name';
  if (typeof namespace !== 'string') return `${name}, whose namespace is no text`;
  return hasVersion(raw) ? undefined : `${namespace}/${name} without a resourceVersion`;
}

interface Maybe {
  readonly metadata?: Readonly<Record<string, unknown>> | null;
}

/** The metadata of whatever it is. */
const metadataOf = (raw: unknown): Readonly<Record<string, unknown>> =>
  (raw as Maybe | null | undefined)?.metadata ?? {};

function hasVersion(raw: unknown): boolean {
  const { resourceVersion } = metadataOf(raw);
  return typeof resourceVersion === 'string' && resourceVersion !== '';
}

/** The same of an event of a watch. A bookmark is of no object, but has a version. */
export function oddityOfEvent(event: unknown): string | undefined {
  const { type, object } = (event ?? {}) as { readonly type?: unknown; readonly object?: unknown };
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return oddityOf(object);
    case 'BOOKMARK':
      return hasVersion(object) ? undefined : 'a bookmark without a resourceVersion';
    default:
      return typeof type === 'string' ? `an event of the type ${type.slice(0, 40)}` : 'what is no event';
  }
}
