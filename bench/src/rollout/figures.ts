import type { Spread } from '@targetgate/sandbox/measure';
import type { Figure, Goal } from '../scenario.ts';
import type { Outcome } from './roll-out.ts';

/** What is to be beaten, and what the peer took; what is not given is only told. */
interface Comparison {
  readonly goal?: Goal;
  readonly peer?: number;
}

/** The failed requests of a rollout, next to how many there were. */
export const requestFigures = ({ requests, failed }: Outcome, failedBy: Comparison): Figure[] => [
  { of: 'failed requests', value: failed, unit: '', ...failedBy },
  { of: 'requests', value: requests, unit: '' },
];

export const timeFigures = ({ oldGoneMs, statusMs }: Outcome, rolloutBy: Comparison): Figure[] => [
  { of: 'rollout until the last old pod is gone', value: oldGoneMs / 1000, unit: 's', ...rolloutBy },
  { of: 'rollout until kubectl rollout status is content', value: statusMs / 1000, unit: 's' },
];

/** Median and maximum of durations. Nothing where no pod has both moments. */
export function spreadFigures(
  of: string,
  spread: Spread | undefined,
  { unit, p50, max }: { readonly unit: 's' | 'ms'; readonly p50: Comparison; readonly max: Comparison },
): Figure[] {
  if (spread === undefined) return [];
  const scale = unit === 's' ? 1000 : 1;
  return [
    { of: `${of}, p50`, value: spread.p50 / scale, unit, ...p50 },
    { of: `${of}, max`, value: spread.max / scale, unit, ...max },
  ];
}
