import { conditionOf, isTrue, type Pod, type PodCondition } from '@targetgate/shared/model';
import { targetKey } from '../ledger/ledger.ts';
import type { Action, HeldRemoval } from './action.ts';
import { failOpenAt } from './fail-open.ts';
import { floorOf } from './floor.ts';
import { gateVerdict, type GateContext, type SaidOfGate } from './gate-verdict.ts';
import type { GateCondition, PlanInput, Trouble } from './input.ts';
import { quietUntil } from './quiet.ts';
import type { Candidates } from './successor.ts';
import { isGateClosed, liveOf, ownEntry } from './wanted.ts';

/** Conditions to write, in the order of the pods' names. */
export interface PlannedGates {
  readonly conditions: readonly Action[];
  /** When time alone may open a gate, or makes it say something (epoch ms). */
  readonly againAt: number | undefined;
}

/**
 * The gates of a binding's pods: the verdict on each (gate-verdict.ts), as far as the floor allows.
 *
 * | verdict   | the gate | above the floor | condition                       |
 * | --------- | -------- | --------------- | ------------------------------- |
 * | leave     |          |                 | as it is                        |
 * | waive     | open     |                 | as it is                        |
 * | wait      | open     |                 | as it is                        |
 * | open      | open     |                 | as it is where it gives no reason |
 * | unhealthy | open     | no              | True, HeldOpen                  |
 * | otherwise |          |                 | what the verdict says           |
 *
 * The floor is a share of the live pods that stay Ready, whatever ELB thinks of them: a whole service that fails its
 * checks at once is better off with the load balancer's own fail-open.
 */
export function planGates(
  input: PlanInput,
  candidates: Candidates,
  planned: { readonly held: readonly HeldRemoval[]; readonly obstacles: ReadonlyMap<string, Trouble> },
): PlannedGates {
  const kept = new Set(planned.held.map(({ target }) => targetKey(target)));
  const context: GateContext = { candidates, kept, obstacles: planned.obstacles };
  const judged = [...input.pods.values()]
    .filter((pod) => pod.gates.includes(input.gate))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((pod) => ({ pod, open: isTrue(pod, input.gate), verdict: gateVerdict(pod, input, context) }));
  let spare = readyAboveFloor(input);
  const conditions: Action[] = [];

  for (const { pod, open, verdict } of judged) {
    if (verdict.gate === 'leave' || (open && staysAsItIs(verdict, conditionOf(pod, input.gate)))) continue;
    const isHeldOpen = verdict.gate === 'unhealthy' && open && spare-- <= 0;
    const condition = isHeldOpen ? heldOpen(verdict) : conditionFor(verdict);
    if (!differs(pod, input.gate, condition)) continue;
    const ask = verdict.ask !== undefined && { ask: verdict.ask };
    conditions.push({ kind: 'set-condition', pod, condition, ...ask });
  }
  const waiting = judged.filter(({ open }) => !open).map(({ pod }) => pod);
  return { conditions, againAt: nextChange(waiting, input, candidates) };
}

/**
 * Whether a gate that is open says enough. Where another controller has opened it, it gives no reason: to give one to each
 * pod of a cluster that moves over is no use to anybody.
 */
const staysAsItIs = ({ gate }: SaidOfGate, now: PodCondition | undefined): boolean =>
  gate === 'wait' || gate === 'waive' || (gate === 'open' && now?.reason === '');

const conditionFor = ({ gate, reason, message }: SaidOfGate): GateCondition => ({
  status: gate === 'open' || gate === 'waive' ? 'True' : 'False',
  reason,
  message,
});

const heldOpen = ({ message }: SaidOfGate): GateCondition => ({
  status: 'True',
  reason: 'HeldOpen',
  message: `${message}; kept open, as too many targets of the service are unhealthy`,
});

/** How many open gates may close before the floor is reached. Pods that are not ready serve nobody, open or not. */
function readyAboveFloor(input: PlanInput): number {
  const live = liveOf(input);
  const ready = live.filter(
    ({ registration, subject }) => registration === 'wanted' && !isGateClosed(input, subject.uid),
  );
  return ready.length - floorOf(live.length, input.settings.gateFloor);
}

/** When the first of the gates that wait for AWS has waited long enough, or says that it waits. */
function nextChange(waiting: readonly Pod[], input: PlanInput, { byUid }: Candidates): number | undefined {
  const times = waiting
    .flatMap((pod) => {
      const selected = byUid.get(pod.uid);
      const isWanted = input.resolution.problem !== undefined || selected?.registration === 'wanted';
      if (!isWanted) return [];
      const entry = selected && ownEntry(input, selected);
      return [failOpenAt(pod, entry, input), quietUntil(pod, entry, input)];
    })
    .filter((at) => at !== undefined)
    .filter((at) => at > input.now);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** True where writing the condition would change the pod. */
export function differs(pod: Pod, gate: string, { status, reason, message }: GateCondition): boolean {
  const now = conditionOf(pod, gate);
  return now?.status !== status || now.reason !== reason || now.message !== message;
}
