import { setTimeout as sleep } from 'node:timers/promises';
import { createBackoff } from './backoff.ts';
import type { KubeClient } from './client.ts';
import { isExpired, isInvalid } from './errors.ts';
import { listAll } from './list.ts';
import { oddityOf, oddityOfEvent } from './oddity.ts';
import {
  createStore,
  type Change,
  type Indexes,
  type Named,
  type Sighting,
  type Store,
  type ToldBy,
} from './store.ts';
import { isEndOfList, watchFrom, type RawObject } from './watch.ts';

/** A cache of one kind of object that follows the API server. */
export interface Reflector<T, I extends string = never> {
  /** Readable at all times; while the API server is out of reach it holds what was known last. */
  readonly store: Store<T, I>;
  /** Settles when the first whole list is in the store. */
  readonly synced: Promise<void>;
  /** Tries again now, where it rests after a failure: somebody has found the API server to answer. */
  hasten(): void;
  stop(): Promise<void>;
}

/** Options of `startReflector`. `path` is the collection's, for example /api/v1/pods. */
export interface ReflectorOptions<T, I extends string> {
  readonly client: KubeClient;
  readonly path: string;
  readonly query?: Record<string, string>;
  /** Keeps of an object what the rules need; it is called at the door, and the rest is dropped. */
  readonly project: (raw: RawObject) => T;
  readonly indexes: Indexes<T, I>;
  readonly onChange?: (change: Change<T>) => void;
  /** Told of each failure that is retried, for logs and metrics. */
  readonly onProblem?: (problem: unknown) => void;
}

const firstRetryMs = 100;
const lastRetryMs = 10_000;

/** After as many refusals in a row the kind is listed anew, in case it is the version that they are about. */
const refusalsBeforeList = 5;

/**
 * Lists, then watches, for as long as it is not stopped: in one stream where the API server has that, else page by page.
 *
 * A watch that ends or falls silent goes on from the last version seen. Where the API server no longer has that
 * version, the kind is listed anew while the old cache stays readable; what the new list lacks is then removed.
 * Retries are jittered, so that many caches do not come back at the same moment.
 */
export function startReflector<T extends Named, I extends string = never>(
  options: ReflectorOptions<T, I>,
): Reflector<T, I> {
  const { client, path, query = {}, project, onChange, onProblem } = options;
  const store = createStore(options.indexes);
  const stopping = new AbortController();
  const { signal } = stopping;
  const selection = { client, path, query, signal };
  const stopped = (): boolean => signal.aborted;
  const backoff = createBackoff({ firstMs: firstRetryMs, capMs: lastRetryMs });
  const synced = Promise.withResolvers<undefined>();

  function put(sighting: Sighting<T>): void {
    const change = store.put(sighting);
    if (change) onChange?.(change);
  }

  /** The version that the store stands at; undefined where the kind has to be listed. */
  let version: string | undefined;
  /** Watches in a row that were refused. */
  let failures = 0;
  /** Until it says no: API servers of 1.34 and later have it. */
  let streamsLists = true;

  /** Stores an object; one that cannot be projected is reported and passed over, and keeps no other from being known. */
  function take(raw: RawObject, by: ToldBy, deleted = false): void {
    const { namespace = '', name, resourceVersion } = raw.metadata;
    try {
      put({
        id: { namespace, name },
        version: resourceVersion,
        object: deleted ? undefined : project(raw),
        by,
      });
    } catch (cause) {
      onProblem?.(new Error(`${path}: ${namespace}/${name} cannot be understood`, { cause }));
    }
  }

  /** Reports what is not even known by name. True where there is such a thing. */
  function passOver(oddity: string | undefined): boolean {
    if (oddity !== undefined) onProblem?.(new Error(`${path}: passed over ${oddity}`));
    return oddity !== undefined;
  }

  /**
   * A list is over, at this version: what it lacks is gone. One with something in it that nobody can name may lack
   * anything: nothing is gone by it.
   */
  function endList(listed: string, { keys, isOdd }: Seen): void {
    const missing = isOdd ? [] : [...store.ids()].filter((id) => !keys.has(keyOf(id)));
    for (const id of missing) put({ id, version: listed, object: undefined, by: 'list' });
    version = listed;
    synced.resolve(undefined);
  }

  async function listPages(): Promise<void> {
    const seen = newSeen();
    const listed = await listAll(selection, (raw) => {
      if (passOver(oddityOf(raw))) {
        seen.isOdd = true;
        return;
      }
      seen.keys.add(keyOf(raw.metadata));
      take(raw, 'list');
    });
    endList(listed, seen);
  }

  /**
   * Follows one watch to its end, with a list first where there is no version to go on from; true where it lasted,
   * false where it ended as soon as it began.
   */
  async function watch(): Promise<boolean> {
    const began = performance.now();
    /** What the list has shown so far; undefined when it is whole. */
    let seen = version === undefined ? newSeen() : undefined;
    for await (const event of watchFrom(selection, version)) {
      if (passOver(oddityOfEvent(event))) {
        if (seen) seen.isOdd = true;
        continue;
      }
      const { type, object: raw } = event;
      // While it is being listed, something may change or go as well.
      if (type !== 'BOOKMARK') take(raw, seen && type === 'ADDED' ? 'list' : 'watch', type === 'DELETED');
      if (seen !== undefined) {
        if (type === 'DELETED') seen.keys.delete(keyOf(raw.metadata));
        else if (type !== 'BOOKMARK') seen.keys.add(keyOf(raw.metadata));
        if (!isEndOfList(event)) continue;
        endList(raw.metadata.resourceVersion, seen);
        seen = undefined;
        // Lists alone are no progress: a server whose every watch fails at once is not listed without a pause.
        continue;
      }
      backoff.reset();
      failures = 0;
      version = raw.metadata.resourceVersion;
    }
    // Whatever ended it in order before its list was whole, pages get around it.
    if (seen !== undefined) streamsLists = false;
    return performance.now() - began > lastRetryMs;
  }

  let hurrying = new AbortController();
  async function pause(): Promise<void> {
    hurrying = new AbortController();
    const awake = AbortSignal.any([signal, hurrying.signal]);
    await sleep(backoff.next(), undefined, { signal: awake }).catch(() => undefined);
  }

  async function follow(): Promise<void> {
    while (!stopped()) {
      try {
        if (version === undefined && !streamsLists) await listPages();
        if (await watch()) backoff.reset();
        else await pause();
      } catch (problem) {
        if (stopped()) return;
        if (version === undefined && streamsLists && isInvalid(problem)) {
          streamsLists = false;
          continue;
        }
        // Any other refusal (401, 403, 429) leaves the version good: the watch goes on from it, but not for ever.
        failures++;
        if (isExpired(problem) || failures % refusalsBeforeList === 0) version = undefined;
        if (!isExpired(problem)) onProblem?.(problem);
        await pause();
      }
    }
  }

  const followed = follow();
  return {
    store,
    synced: synced.promise,
    hasten: () => {
      backoff.reset();
      hurrying.abort();
    },
    stop: async () => {
      stopping.abort();
      await followed;
    },
  };
}

/** What a list has shown so far: the keys of objects, and whether there was anything without one. */
interface Seen {
  readonly keys: Set<string>;
  isOdd: boolean;
}

const newSeen = (): Seen => ({ keys: new Set(), isOdd: false });

const keyOf = ({ namespace = '', name }: Pick<RawObject['metadata'], 'namespace' | 'name'>): string =>
  `${namespace}/${name}`;
