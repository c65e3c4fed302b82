import type { Selection } from './selection.ts';
import type { RawObject } from './watch.ts';

interface Page {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly RawObject[];
}

/** Objects per answer: a page of large pods is a mebibyte, and parses in 10 ms; client-go's 500 take 50. */
const pageSize = '100';

/**
 * Visits every object of a collection, page by page.
 *
 * @returns the version to watch from.
 * @throws KubeError 410 where the list took so long that its version is gone: start over.
 */
export async function listAll(selection: Selection, visit: (raw: RawObject) => void): Promise<string> {
  const { client, path, query, signal } = selection;
  let next: string | undefined;
  for (;;) {
    const page: Page = await client.request({
      method: 'GET',
      path,
      query: { ...query, limit: pageSize, ...(next !== undefined && { continue: next }) },
      signal,
    });
    for (const raw of page.items) visit(raw);
    next = page.metadata.continue;
    if (next === undefined || next === '') return page.metadata.resourceVersion;
  }
}
