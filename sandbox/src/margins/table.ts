import { tableLines } from '../table.ts';
import { count, seconds } from '../demo/words/numbers.ts';
import type { Outcome } from './outcome.ts';
import { balancerTypes } from './settings.ts';

const head = ['  margin', 'SIGTERM after', 'pods ended', 'requests', 'failed', 'failed per pod'];

/** A table for each type of load balancer, a line for each margin. */
export function outcomeLines(outcomes: readonly Outcome[]): string[] {
  return balancerTypes.flatMap(({ name, title }) => {
    const rows = outcomes.filter(({ balancer }) => balancer === name).map(rowOf);
    return ['', title, '', ...tableLines([head, ...rows])];
  });
}

const rowOf = (outcome: Outcome): string[] => [
  `  ${outcome.marginSeconds} s`,
  seconds(outcome.measuredSeconds * 1000),
  count(outcome.podsEnded),
  count(outcome.requests),
  count(outcome.failed),
  outcome.failedPerPod.toFixed(1),
];
