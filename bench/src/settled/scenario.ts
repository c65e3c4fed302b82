import { setTimeout as sleep } from 'node:timers/promises';
import { DeregisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World, WorldEvent } from '@targetgate/sandbox/world';
import { appPort } from '../crowd/objects.ts';
import { startCrowd, type Crowd, type CrowdPod } from '../crowd/start-crowd.ts';
import { untilAllOpen } from '../crowd/until-all-open.ts';
import { followGates } from '../crowd/follow-gates.ts';
import { callsWithin, wordsOf } from '../elb-calls.ts';
import { inWorld } from '../in-world.ts';
import type { Scenario } from '../scenario.ts';

const quietMs = 15_000;
const minutes = 3;

/**
 * 1,000 targets that are healthy and stay so, then two of them that do not. Real: all but the pods, as in a mass start
 * (see mass-start/scenarios.ts).
 */
export const settled: Scenario = {
  name: 'settled',
  about: '1,000 targets in 20 groups at rest for 3 minutes, then drift and ill health',
  run: ({ onProgress, signal }) =>
    inWorld({ onProgress, signal }, {}, async (world, follow) => {
      const gates = followGates();
      follow((event) => gates.see(event));
      onProgress('20 groups of 50 pods');
      const crowd = await startCrowd(world, { groups: 20, podsPerGroup: 50, healthCheckIntervalSeconds: 2 });
      try {
        const pods = await crowd.createPods();
        await crowd.reportReady();
        await untilAllOpen(world, pods, gates.openedAt);
        await sleep(quietMs, undefined, { signal: world.broken });

        onProgress('3 minutes at rest');
        const from = Date.now();
        await sleep(minutes * 60_000, undefined, { signal: world.broken });
        const calls = callsWithin(world.journal, { from, to: Date.now() });
        onProgress(`ELB calls: ${wordsOf(calls)}; a target is deregistered by hand, another one falls ill`);
        const [first, second] = pods;
        if (!first || !second) throw new Error('there are no pods');
        const [repairMs, illMs] = await Promise.all([
          untilRepaired(world, crowd, first),
          untilSeenIll(world, second),
        ]);
        return [
          {
            of: 'ELB calls a minute',
            value: calls.length / minutes,
            unit: '',
            goal: { atMost: 20 },
            peer: 0,
          },
          {
            of: 'target deregistered by hand -> RegisterTargets',
            value: repairMs / 1000,
            unit: 's',
            goal: { atMost: 60 },
          },
          { of: 'target unhealthy -> gate False', value: illMs / 1000, unit: 's', goal: { atMost: 60 } },
        ];
      } finally {
        await crowd.stop();
      }
    }),
};

/** Deregisters a pod's target; gives how long it took until the syncer registered it again, in milliseconds. */
async function untilRepaired(world: World, crowd: Crowd, pod: CrowdPod): Promise<number> {
  const TargetGroupArn = crowd.groups.get(pod.group)?.arn;
  const from = world.journal.length;
  await world.elb.send(
    new DeregisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: pod.address, Port: appPort }] }),
  );
  const drifted = Date.now();
  const target = `${pod.address}:${appPort}`;
  const repair = await untilEvent(
    world,
    from,
    (event) =>
      event.kind === 'elb-call' && event.operation === 'RegisterTargets' && event.targets.includes(target),
  );
  return repair.at - drifted;
}

/** Makes a pod ill; gives how long its gate took to close after ELB had found it unhealthy, in milliseconds. */
async function untilSeenIll(world: World, pod: CrowdPod): Promise<number> {
  const from = world.journal.length;
  const target = `${pod.address}:${appPort}`;
  await fetch(`http://${target}/`, { method: 'POST' });
  const ill = await untilEvent(
    world,
    from,
    (event) => event.kind === 'target' && event.target === target && event.state === 'unhealthy',
  );
  const closed = await untilEvent(
    world,
    from,
    (event) => event.kind === 'gate' && event.uid === pod.uid && event.status === 'False',
  );
  return closed.at - ill.at;
}

/** Waits for the first such event from an index of the journal on. */
const untilEvent = (world: World, from: number, isIt: (event: WorldEvent) => boolean): Promise<WorldEvent> =>
  world.until(
    'it is seen',
    () => {
      const event = world.journal.slice(from).find(isIt);
      return Promise.resolve(event === undefined ? { still: 'not yet' } : { done: event });
    },
    { timeoutMs: 100_000 },
  );
