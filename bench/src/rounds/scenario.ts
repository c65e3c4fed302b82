import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { BindingView } from '../../../syncer/src/sync/binding-view.ts';
import type { Figure, Scenario } from '../scenario.ts';
import { startCachedCluster, type CachedCluster, type ClusterSize } from './cluster.ts';

/** The cluster grows around one binding, then the binding itself. */
const around: readonly ClusterSize[] = [1, 10, 100].map((bindings) => ({
  bindings,
  podsPerBinding: 50,
}));
const within: readonly ClusterSize[] = [250, 1_000].map((podsPerBinding) => ({
  bindings: 1,
  podsPerBinding,
}));

/** A binding and its pods cost the same to look at, whatever else is in the cluster; twice leaves room for caches. */
const growth = { atMost: 2 };

/**
 * What one event of one pod costs: finding whom it concerns, and the round of that binding.
 *
 * Real: the syncer's caches, indexes, rounds and plans. Not real: the API server and ELB, which are in this process,
 * and agree with everything at once. Nothing of theirs is in the figures.
 */
export const rounds: Scenario = {
  name: 'rounds',
  about: 'the computing that one event of a pod takes, while the cluster and its binding grow',
  run: async ({ onProgress, signal }) => {
    const figures: Figure[] = [];
    let smallest: number | undefined;
    // The first one shows what V8's compilers take.
    await costOf({ bindings: 1, podsPerBinding: 50 }, signal);
    for (const size of [...around, ...within]) {
      const { bindings, podsPerBinding } = size;
      const pods = `${podsPerBinding} pods in a cluster of ${bindings * podsPerBinding}`;
      onProgress(`a binding of ${pods}`);
      const value = await costOf(size, signal);
      smallest ??= value;
      figures.push({ of: `pod event and its round, a binding of ${pods}, p50`, value, unit: 'ms' });
      if (bindings > 1) {
        const of = `the same, as a multiple of that in a cluster of ${podsPerBinding}`;
        figures.push({ of, value: value / smallest, unit: '', goal: growth });
      }
    }
    return figures;
  },
};

const events = 1_000;

/** The milliseconds that an event and its round take, in the middle of many. */
async function costOf(size: ClusterSize, signal: AbortSignal): Promise<number> {
  const cluster = startCachedCluster(size);
  try {
    cluster.syncer.start();
    await untilSettled(cluster, signal);
    const times: number[] = [];
    for (let event = 0; event < events; event++) {
      signal.throwIfAborted();
      const roundsBefore = cluster.rounds.length;
      const from = performance.now();
      cluster.touch(0, event % size.podsPerBinding);
      const telling = performance.now() - from;
      while (cluster.syncer.queueDepth > 0) await turn();
      times.push(telling + sumOf(cluster.rounds.slice(roundsBefore)) * 1000);
    }
    return times.sort((a, b) => a - b)[events / 2] ?? 0;
  } finally {
    await cluster.syncer.stop();
  }
}

const settlesWithinMs = 60_000;

/** Until all pods are in service and a second has brought no round: before that, a round has less, or more, to do. */
async function untilSettled({ syncer, rounds: seen }: CachedCluster, signal: AbortSignal): Promise<void> {
  const isServing = ({ counts }: BindingView): boolean =>
    counts !== undefined && counts.desired > 0 && counts.healthy === counts.desired;
  const deadline = performance.now() + settlesWithinMs;
  let before = -1;
  while (seen.length !== before || ![...syncer.views()].every(isServing)) {
    if (performance.now() > deadline) throw new Error('the cluster does not settle');
    before = seen.length;
    await sleep(1_000, undefined, { signal });
  }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
