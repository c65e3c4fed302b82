import { meterPrograms, type ProgramCost } from '@targetgate/sandbox/measure';
import type { World } from '@targetgate/sandbox/world';
import { busiest } from '../busiest.ts';
import { followGates } from '../crowd/follow-gates.ts';
import { startCrowd, type CrowdOptions } from '../crowd/start-crowd.ts';
import { untilAllOpen } from '../crowd/until-all-open.ts';
import type { Controller } from '../controller.ts';
import { callsWithin, wordsOf, type ElbCall } from '../elb-calls.ts';
import type { Follow } from '../in-world.ts';
import { registrationDelays } from './registration-delays.ts';

/** What a mass start is. */
export interface MassStart extends CrowdOptions {
  /** ELB has a bucket of this size for each kind of call, from the moment that the pods are made. */
  readonly throttling?: { readonly capacity: number; readonly refillPerSecond: number };
}

/** What came of it. Times in milliseconds. */
export interface MassStartOutcome {
  /** From the first pod's ContainersReady to the last one's. */
  readonly readyWithinMs: number;
  /** From the last pod's ContainersReady to the last gate's True. */
  readonly gatesMs: number;
  /** The longest from a pod's ContainersReady to the RegisterTargets call with its target. */
  readonly slowestRegistrationMs: number;
  /** From before the pods were made to the last gate's True. */
  readonly calls: readonly ElbCall[];
  /** Of the controller's process that worked, in the same time. */
  readonly cost: ProgramCost;
}

/** Starts all pods of a crowd at once, and waits until the last gate is open. */
export async function measureMassStart(
  world: World,
  follow: Follow,
  {
    start,
    controller,
    onProgress,
  }: {
    readonly start: MassStart;
    readonly controller: Controller;
    readonly onProgress: (line: string) => void;
  },
): Promise<MassStartOutcome> {
  const { groups, podsPerGroup, throttling } = start;
  const { journal, broken: signal } = world;
  const gates = followGates();
  follow((event) => gates.see(event));
  await controller.keepOne();

  onProgress(`${groups} target groups, each with a load balancer, a service and a binding`);
  const crowd = await startCrowd(world, start);
  try {
    if (throttling) await world.setFaults({ throttling: { mutating: throttling, nonMutating: throttling } });
    const meter = await meterPrograms(controller.programs(), signal);
    const from = Date.now();
    onProgress(`${groups * podsPerGroup} pods`);
    const pods = await crowd.createPods();

    onProgress('all of them become ContainersReady');
    const readyAt = await crowd.reportReady();
    const [firstReady, lastReady] = [Math.min(...readyAt.values()), Math.max(...readyAt.values())];
    onProgress(`which took ${((lastReady - firstReady) / 1000).toFixed(1)} s`);

    const openAt = await untilAllOpen(world, pods, gates.openedAt);
    const calls = callsWithin(journal, { from, to: openAt });
    onProgress(`all gates are open; ELB calls: ${wordsOf(calls)}`);
    return {
      readyWithinMs: lastReady - firstReady,
      gatesMs: openAt - lastReady,
      slowestRegistrationMs: Math.max(...registrationDelays(calls, pods, readyAt)),
      calls,
      cost: busiest(await meter.stop()),
    };
  } finally {
    await crowd.stop();
  }
}
