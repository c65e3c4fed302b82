import { setTimeout as sleep } from 'node:timers/promises';
import { createBackoff } from './backoff.ts';
import type { KubeClient } from './client.ts';
import { isExpired } from './errors.ts';
import { listAll } from './list.ts';
import {
  createStore,
  type Change,
  type Indexes,
  type Named,
  type Sighting,
  type Store,
  type ToldBy,
} from './store.ts';
import { watchFrom, type RawObject } from './watch.ts';

/** A cache of one kind of object that follows the API server. */
export interface Reflector<T, I extends string = never> {
  /** Readable at all times; while the API server is out of reach it holds what was known last. */
  readonly store: Store<T, I>;
  /** Settles when the first whole list is in the store. */
  readonly synced: Promise<void>;
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
 * Lists, then watches, for as long as it is not stopped.
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

  async function list(): Promise<string> {
    const seen = new Set<string>();
    const listed = await listAll({ client, path, query, signal }, (raw) => {
      const { namespace = '', name } = raw.metadata;
      seen.add(`${namespace}/${name}`);
      take(raw, 'list');
    });
    const missing = [...store.ids()].filter((id) => !seen.has(`${id.namespace}/${id.name}`));
    for (const id of missing) put({ id, version: listed, object: undefined, by: 'list' });
    synced.resolve(undefined);
    return listed;
  }

  /** Follows one watch to its end; true where it lasted, false where it ended as soon as it began. */
  async function watch(from: string): Promise<boolean> {
    const began = performance.now();
    for await (const { type, object: raw } of watchFrom({ client, path, query, signal }, from)) {
      backoff.reset();
      failures = 0;
      version = raw.metadata.resourceVersion;
      if (type !== 'BOOKMARK') take(raw, 'watch', type === 'DELETED');
    }
    return performance.now() - began > lastRetryMs;
  }

  const pause = (): Promise<void> => sleep(backoff.next(), undefined, { signal }).catch(() => undefined);

  async function follow(): Promise<void> {
    while (!stopped()) {
      try {
        version ??= await list();
        if (await watch(version)) backoff.reset();
        else await pause();
      } catch (problem) {
        if (stopped()) return;
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
    stop: async () => {
      stopping.abort();
      await followed;
    },
  };
}
