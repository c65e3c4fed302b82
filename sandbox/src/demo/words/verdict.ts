import type { TrafficTotals } from '../../traffic/index.ts';
import { count } from './numbers.ts';

/** Whether the demo showed what it is for, in one line. */
export interface Verdict {
  readonly ok: boolean;
  readonly line: string;
}

/** The rollouts, as far as they decide. */
type Outcome = { readonly gated: boolean; readonly traffic: Pick<TrafficTotals, 'requests' | 'failed'> };

/** The demo is a success only when gates let nothing fail, and their absence did. */
export function verdictOf(rollouts: readonly Outcome[]): Verdict {
  const gated = rollouts.find((rollout) => rollout.gated)?.traffic ?? { requests: 0, failed: 0 };
  const ungated = rollouts.find((rollout) => !rollout.gated)?.traffic ?? { requests: 0, failed: 0 };
  if (gated.requests === 0 || ungated.requests === 0)
    return { ok: false, line: 'Not shown: no request was sent.' };
  if (gated.failed > 0)
    return { ok: false, line: `Not shown: the rollout with gates failed ${count(gated.failed)} requests.` };
  if (ungated.failed === 0)
    return { ok: false, line: 'Not shown: the rollout without gates failed no request either.' };
  return {
    ok: true,
    line: `Without gates ${count(ungated.failed)} of ${count(ungated.requests)} requests failed; with gates none of ${count(gated.requests)}.`,
  };
}
