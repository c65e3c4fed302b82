import { setImmediate as nextTurn } from 'node:timers/promises';
import { KubeError } from './errors.ts';
import type { Selection } from './selection.ts';

/** An object as the API server sends it, before it is projected. */
export interface RawObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly [field: string]: unknown;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the one door at which untyped JSON enters
  readonly [field: string]: any;
}

/** One event of a watch. A bookmark carries nothing but a version. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: RawObject;
}

interface ErrorEvent {
  readonly type: 'ERROR';
  readonly object?: { readonly code?: number; readonly reason?: string; readonly message?: string } | null;
}

/** The API server ends a watch after this long; the next one goes on where it ended. */
const watchSeconds = 300;

/**
 * It sends a bookmark about every minute, of most kinds: a longer silence means that nothing happens, or that the
 * connection is dead. Only a new watch tells.
 */
const longestSilenceMs = 100_000;

/** After so long, in milliseconds, the event loop is given back: thousands of events may come at once. */
const sliceMs = 10;

/**
 * The events after `version`, until the server ends the watch or falls silent; `oddityOfEvent` knows those that are
 * none, though they are JSON. Without a version, all that there is
 * comes first, as if it had just been added, up to the event that `isEndOfList` knows (KEP-3157, streaming lists): no
 * answer of many megabytes has to be kept and parsed in one piece, neither here nor in the API server.
 *
 * @throws KubeError 410 where the version is no longer known, 422 where the server streams no lists (before 1.32, and
 * 1.33, unless the feature gate WatchList is on); KubeUnreachable where the connection breaks; Error at a line that is
 * no JSON.
 */
export async function* watchFrom(
  selection: Selection,
  version: string | undefined,
  silenceMs = longestSilenceMs,
): AsyncGenerator<WatchEvent> {
  const { client, path, query, signal } = selection;
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort();
  }, silenceMs);
  try {
    const lines = client.lines({
      path,
      query: {
        ...query,
        watch: 'true',
        allowWatchBookmarks: 'true',
        ...(version === undefined ? listFirst : { resourceVersion: version }),
        timeoutSeconds: String(watchSeconds),
      },
      signal: AbortSignal.any([signal, silence.signal]),
    });
    let gaveBackAt = performance.now();
    for await (const line of lines) {
      timer.refresh();
      const event = parseLine(line, path);
      if (event?.type === 'ERROR') throw toError(event);
      yield event as WatchEvent;
      if (performance.now() - gaveBackAt > sliceMs) {
        await nextTurn();
        gaveBackAt = performance.now();
      }
    }
  } catch (error) {
    if (!silence.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Without a version, the list is as consistent as one that is read from etcd. */
const listFirst = { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' };

/** Whether everything that there was has been told: the version of this event is that of the list. */
export function isEndOfList({ type, object }: WatchEvent): boolean {
  const annotations = object.metadata.annotations as Record<string, string> | undefined;
  return type === 'BOOKMARK' && annotations?.['k8s.io/initial-events-end'] === 'true';
}

function parseLine(line: string, path: string): WatchEvent | ErrorEvent | null {
  try {
    return JSON.parse(line) as WatchEvent | ErrorEvent | null;
  } catch (cause) {
    throw new Error(`${path}: a line of the watch is no JSON`, { cause });
  }
}

function toError({ object }: ErrorEvent): KubeError {
  const { code = 500, reason = 'WatchError', message = 'the watch failed' } = object ?? {};
  return new KubeError(code, reason, message);
}
