import { inWorld } from '../in-world.ts';
import type { Figure, Scenario } from '../scenario.ts';
import { measureMassStart, type MassStart, type MassStartOutcome } from './measure.ts';

/**
 * Mass starts: all pods of many groups become ContainersReady at once, as after a disaster or an evening's scale-up.
 *
 * Real: the control plane, the syncer, the ELB API, and the health checks, which are made of each address. Not real:
 * the pods. They are objects; all but the first of each group are copies of that one, with the gate that the webhook
 * gave it, and their statuses, once, are written straight into etcd (see etcd/store-pod.ts). One small process answers
 * the checks on their addresses. A cluster's kubelets and API servers have CPUs of their own; here they would be what
 * is measured: the API server needs 10 s for the statuses of 1,000 pods beside everything else. Nobody makes the pods
 * Ready once their gates are open.
 */
function massStart(name: string, about: string, start: MassStart, figuresOf: FiguresOf): Scenario {
  return {
    name,
    about,
    takesLbc: true,
    run: (surroundings) =>
      inWorld(surroundings, {}, async (world, follow, controller) => {
        const { onProgress } = surroundings;
        return figuresOf(await measureMassStart(world, follow, { start, controller, onProgress }));
      }),
  };
}

type FiguresOf = (outcome: MassStartOutcome) => readonly Figure[];

const seconds = (ms: number): number => ms / 1000;

/** How sudden it was. */
const ramp = ({ readyWithinMs }: MassStartOutcome): Figure => ({
  of: 'first -> last pod ContainersReady',
  value: seconds(readyWithinMs),
  unit: 's',
});

const twentyByFifty = { groups: 20, podsPerGroup: 50, healthCheckIntervalSeconds: 2 };

export const massStartSmall = massStart(
  'mass-start',
  '20 groups x 50 pods from 0',
  twentyByFifty,
  (outcome) => [
    ramp(outcome),
    {
      of: 'last ContainersReady -> all 1,000 gates True',
      value: seconds(outcome.gatesMs),
      unit: 's',
      goal: { atMost: 6 },
      peer: 16.3,
    },
    {
      of: 'slowest ContainersReady -> RegisterTargets',
      value: seconds(outcome.slowestRegistrationMs),
      unit: 's',
      peer: 8.5,
    },
    { of: 'ELB calls', value: outcome.calls.length, unit: '', goal: { atMost: 66 }, peer: 66 },
    // "<= 1.3x for the syncer alone": the peer is webhook and syncer in one.
    {
      of: 'RSS of the syncer',
      value: outcome.cost.rssMiB,
      unit: 'MiB',
      goal: { atMost: 74 * 1.3 },
      peer: 74,
    },
    { of: 'CPU of the syncer', value: outcome.cost.cpuSeconds, unit: 's', goal: { atMost: 3.9 }, peer: 3.9 },
  ],
);

export const massStartLarge = massStart(
  'mass-start-large',
  '100 groups x 50 pods from 0, checks every 10 s',
  { groups: 100, podsPerGroup: 50, healthCheckIntervalSeconds: 10 },
  (outcome) => [
    ramp(outcome),
    {
      of: 'last ContainersReady -> all 5,000 gates True',
      value: seconds(outcome.gatesMs),
      unit: 's',
      goal: { atMost: 30 },
      peer: 120.9,
    },
    {
      of: 'slowest ContainersReady -> RegisterTargets',
      value: seconds(outcome.slowestRegistrationMs),
      unit: 's',
      goal: { atMost: 15 },
      peer: 50,
    },
    { of: 'ELB calls', value: outcome.calls.length, unit: '', goal: { atMost: 400 }, peer: 233 },
    { of: 'RSS of the syncer', value: outcome.cost.rssMiB, unit: 'MiB', goal: { atMost: 160 }, peer: 103 },
    { of: 'CPU of the syncer', value: outcome.cost.cpuSeconds, unit: 's', goal: { atMost: 21 }, peer: 20.8 },
  ],
);

export const massStartThrottled = massStart(
  'mass-start-throttled',
  '20 groups x 50 pods from 0, ELB allows 3 calls a second of each kind, burst 10',
  { ...twentyByFifty, throttling: { capacity: 10, refillPerSecond: 3 } },
  (outcome) => {
    const throttled = outcome.calls.filter(({ result }) => result === 'Throttling');
    const learntAt = (outcome.calls[0]?.at ?? 0) + 1000;
    return [
      ramp(outcome),
      {
        of: 'last ContainersReady -> all 1,000 gates True',
        value: seconds(outcome.gatesMs),
        unit: 's',
        goal: { atMost: 12 },
        peer: 16.8,
      },
      { of: 'ELB calls', value: outcome.calls.length, unit: '' },
      { of: 'throttled calls', value: throttled.length, unit: '', peer: 9 },
      {
        of: 'throttled calls later than 1 s after the first call',
        value: throttled.filter(({ at }) => at > learntAt).length,
        unit: '',
        goal: { atMost: 0 },
      },
      {
        of: 'throttled calls later than 1 s after the first throttled one',
        value: throttled.filter(({ at }) => at > (throttled[0]?.at ?? 0) + 1000).length,
        unit: '',
      },
    ];
  },
);
