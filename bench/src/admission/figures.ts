import type { ProgramCost } from '@targetgate/sandbox/measure';
import type { Figure } from '../scenario.ts';
import type { Case } from './cases.ts';
import type { Load } from './generator/load.ts';

/** What came of one load. */
export interface Measured {
  readonly load: Load;
  /** Of the webhook. */
  readonly cost: ProgramCost;
  /** Of everything on the machine. */
  readonly machineCpuSeconds: number;
}

/** What is told of a load: last of all, what else used the cores that it was measured on. */
export function figuresOf(
  { name, goals, peer }: Case,
  { load, cost, machineCpuSeconds }: Measured,
): Figure[] {
  const perSecond = load.answered / load.seconds;
  const otherCpuSeconds = machineCpuSeconds - cost.cpuSeconds - load.cpuSeconds;
  return [
    {
      of: `${name}: reviews answered`,
      value: perSecond,
      unit: '1/s',
      goal: { atLeast: goals.perSecond },
      peer: peer.perSecond,
    },
    { of: `${name}: p50`, value: load.p50, unit: 'ms', goal: { atMost: goals.p50 }, peer: peer.p50 },
    { of: `${name}: p99`, value: load.p99, unit: 'ms', goal: { atMost: goals.p99 }, peer: peer.p99 },
    {
      of: `${name}: CPU of the webhook per review`,
      value: (cost.cpuSeconds * 1000) / load.answered,
      unit: 'ms',
    },
    { of: `${name}: RSS of the webhook`, value: cost.rssMiB, unit: 'MiB' },
    { of: `${name}: cores used by the webhook`, value: cost.cpuSeconds / load.seconds, unit: '' },
    { of: `${name}: cores used by the load generator`, value: load.cpuSeconds / load.seconds, unit: '' },
    { of: `${name}: cores used by all else`, value: otherCpuSeconds / load.seconds, unit: '' },
  ];
}
