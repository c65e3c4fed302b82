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
 * @throws Error where an answer is no list, or the list does not go on; KubeError 410 where the list took so long that its version is gone: start over.
 */
export async function listAll(selection: Selection, visit: (raw: RawObject) => void): Promise<string> {
  const { client, path, query, signal } = selection;
  let next: string | undefined;
  for (;;) {
    const page = await client.request<Page | undefined>({
      method: 'GET',
      path,
      query: { ...query, limit: pageSize, ...(next !== undefined && { continue: next }) },
      signal,
    });
    if (!isPage(page)) throw new Error(`${path}: the answer is no list`);
    for (const raw of page.items) visit(raw);
    const before = next;
    next = page.metadata.continue;
    if (next === undefined || next === '') return page.metadata.resourceVersion;
    if (next === before) throw new Error(`${path}: the list goes on with the page that it has just given`);
  }
}

const isPage = (page: Partial<Page> | undefined | null): page is Page =>
  Array.isArray(page?.items) && typeof page.metadata?.resourceVersion === 'string';
