import { setTimeout as sleep } from 'node:timers/promises';
import type { CrowdPod } from '../crowd/start-crowd.ts';
import { serve } from '../crowd/serve.ts';
import { untilKnown } from '../crowd/until-known.ts';
import { inWorld } from '../in-world.ts';
import type { Figure, Scenario } from '../scenario.ts';
import { startSyncer, stopSyncers } from '../syncer-process.ts';
import { measureRounds } from './measure-rounds.ts';

const podsPerGroup = 50;
/** Bindings with as many pods each around the one that is measured. */
const steps = [1, 10, 100];
/** For what new bindings still bring, ledgers and statuses. */
const settleMs = 15_000;

/**
 * One binding with 50 pods while the cluster around it grows: what a round of it costs must not. Pods are objects, and
 * health checks pass without being made, as in large-cluster/scenario.ts.
 */
export const clusterGrowth: Scenario = {
  name: 'cluster-growth',
  about: 'rounds of one binding with 50 pods while 1, 10 and 100 others are around it',
  run: ({ onProgress, signal }) =>
    inWorld({ onProgress, signal }, { elb: { checks: 'assumed' } }, async (world) => {
      await stopSyncers(world);
      const syncer = await startSyncer(world);
      const figures: Figure[] = [];
      let made = 0;
      let measured: readonly CrowdPod[] = [];
      for (const others of steps) {
        const groups = 1 + others;
        const { apps, pods } = await serve(
          world,
          { groups: 1 + Math.max(...steps), podsPerGroup },
          (place) => place >= made && place < groups,
        );
        if (made === 0) measured = pods.filter(({ group }) => group === apps[0]?.name);
        made = groups;
        await untilKnown(world, apps);
        await sleep(settleMs, undefined, { signal: world.broken });
        onProgress(`${others} other bindings`);
        const { msPerRound, cpuMsPerChange } = await measureRounds(world, syncer, measured);
        const beside = `beside ${(others * podsPerGroup).toLocaleString('en-US')} pods of ${others} others`;
        figures.push(
          { of: `computing time of a round, ${beside}`, value: msPerRound, unit: 'ms' },
          { of: `CPU of the syncer for a change of a pod, ${beside}`, value: cpuMsPerChange, unit: 'ms' },
        );
      }
      return figures;
    }),
};
