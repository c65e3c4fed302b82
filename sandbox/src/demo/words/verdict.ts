import type { TrafficTotals } from '../../traffic/index.ts';
import { count } from './numbers.ts';

/** Whether the demo showed what it is for, in one line. */
export interface Verdict {
  readonly ok: boolean;
  readonly line: string;
}

/** The rollouts, as far as they decide. */
type Outcome = { readonly labelled: boolean; readonly traffic: Pick<TrafficTotals, 'requests' | 'failed'> };

/** The demo is a success only when the labels let nothing fail, and their absence did. */
export function verdictOf(rollouts: readonly Outcome[]): Verdict {
  const [without, labelled] = [false, true].map(
    (wanted) =>
      rollouts.find((rollout) => rollout.labelled === wanted)?.traffic ?? { requests: 0, failed: 0 },
  );
  if (!without?.requests || !labelled?.requests)
    return { ok: false, line: 'Not shown: no request was sent.' };
  if (labelled.failed > 0)
    return {
      ok: false,
      line: `Not shown: ${count(labelled.failed)} requests failed although the namespace had both labels.`,
    };
  if (without.failed === 0) return { ok: false, line: 'Not shown: without labels no request failed either.' };
  return {
    ok: true,
    line:
      `Without labels ${count(without.failed)} of ${count(without.requests)} requests failed; ` +
      `with both none of ${count(labelled.requests)}.`,
  };
}
