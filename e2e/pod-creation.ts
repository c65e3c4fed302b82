import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '@targetgate/sandbox/world';
import { pod, type AppOptions } from './app.ts';
import { gatesOf, type ApiPod } from './cluster.ts';

/** What became of pods that were being made all the time. */
export interface Created {
  /** How many were taken with a gate. */
  readonly gated: number;
  /** Why others were not, and when (epoch milliseconds). */
  readonly others: readonly { readonly at: number; readonly why: string }[];
}

/** So many pods are on their way at any moment, each over a connection of its own. */
const atOnce = 4;
const pauseMs = 50;

/** Makes pods of an app, as dry runs, one after the other until it is stopped. Admission sees them like all others. */
export function createPods(world: World, app: AppOptions): { stop(): Promise<Created> } {
  const stopping = new AbortController();
  const others: { at: number; why: string }[] = [];
  let gated = 0;

  async function createOne(name: string): Promise<void> {
    try {
      const made = await world.kube.request<ApiPod>({
        method: 'POST',
        path: `/api/v1/namespaces/${app.name}/pods`,
        query: { dryRun: 'All' },
        body: pod(app, name),
      });
      if (gatesOf(made).length === 1) gated++;
      else others.push({ at: Date.now(), why: `gates: ${gatesOf(made).join()}` });
    } catch (error) {
      others.push({ at: Date.now(), why: String(error) });
    }
  }

  async function createMany(creator: number): Promise<void> {
    for (let index = 0; !stopping.signal.aborted; index++) {
      await createOne(`pod-${creator}-${index}`);
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
  const creators = Array.from({ length: atOnce }, (_, creator) => createMany(creator));

  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(creators);
      return { gated, others };
    },
  };
}
