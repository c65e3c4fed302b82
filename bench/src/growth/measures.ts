import type { CrowdSize } from '../crowd/plan.ts';
import type { MassStartOutcome } from '../mass-start/measure.ts';
import type { Figure } from '../scenario.ts';
import { wordsOf } from './sizes.ts';

/** Something that is measured at every size. */
export interface Measure {
  readonly of: string;
  readonly unit: Figure['unit'];
  valueIn(outcome: MassStartOutcome): number;
}

/** From before the pods are made to the last gate's True. */
export const calls: Measure = { of: 'ELB calls', unit: '', valueIn: (outcome) => outcome.calls.length };

export const cpu: Measure = {
  of: 'CPU of the syncer',
  unit: 's',
  valueIn: ({ cost }) => cost.cpuSeconds,
};

export const memory: Measure = {
  of: 'RSS of the syncer',
  unit: 'MiB',
  valueIn: ({ cost }) => cost.rssMiB,
};

const registration: Measure = {
  of: 'slowest ContainersReady -> RegisterTargets',
  unit: 's',
  valueIn: ({ slowestRegistrationMs }) => slowestRegistrationMs / 1000,
};

/** Health checks are in it: ten seconds apart, in random phase. */
export const gates: Measure = {
  of: 'last ContainersReady -> all gates True',
  unit: 's',
  valueIn: ({ gatesMs }) => gatesMs / 1000,
};

/** All of them, in the order in which they are told. */
export const measures: readonly Measure[] = [calls, cpu, memory, registration, gates];

/** What came of a mass start of a size. */
export const figuresOf = (size: CrowdSize, outcome: MassStartOutcome): Figure[] =>
  measures.map((measure) => ({
    of: nameOf(size, measure),
    value: measure.valueIn(outcome),
    unit: measure.unit,
  }));

/**
 * Finds again what figuresOf has told.
 *
 * @throws Error where the figures have none of that size.
 */
export function valueAt(figures: readonly Figure[], size: CrowdSize, measure: Measure): number {
  const name = nameOf(size, measure);
  const figure = figures.find(({ of }) => of === name);
  if (!figure) throw new Error(`there is no figure of ${name}`);
  return figure.value;
}

const nameOf = (size: CrowdSize, { of }: Measure): string => `${wordsOf(size)}: ${of}`;
