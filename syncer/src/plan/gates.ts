import { conditionOf, isTrue, type Pod } from '@targetgate/shared/model';
import { registrationOf, type PodOfBinding } from '@targetgate/shared/resolve';
import { targetKey } from '../ledger/ledger.ts';
import type { Action, HeldRemoval } from './action.ts';
import { floorOf } from './floor.ts';
import { healthOf } from './health.ts';
import type { GateCondition, PlanInput, Trouble } from './input.ts';
import type { TargetHealth } from './observation.ts';
import { livePodsOf, ownEntry } from './wanted.ts';

/**
 * What a gate should be.
 * - `open`: True. `wait`: False with this reason, unless it is open already.
 * - `close`: False even where it is open; `unhealthy` does so above the floor only.
 * - `leave`: nothing to say yet, or any more.
 */
type Verdict =
  | {
      readonly gate: 'open' | 'wait' | 'close' | 'unhealthy';
      readonly reason: string;
      readonly message: string;
    }
  | { readonly gate: 'leave' };

const leave: Verdict = { gate: 'leave' };
const wait = ({ reason, message }: Trouble): Verdict => ({ gate: 'wait', reason, message });

/**
 * The gate of one pod; the first row that fits.
 *
 * | the pod                                     | its target's own registration | gate                               |
 * | ------------------------------------------- | ----------------------------- | ---------------------------------- |
 * | terminating or finished                     |                               | leave                              |
 * | its binding cannot be resolved              |                               | wait: what is missing              |
 * | is not selected by the service              |                               | wait: NotSelected                  |
 * | is not ready for registration               | kept by the floor, not known  | leave                              |
 * | is not ready for registration               | otherwise                     | close, where it has a condition    |
 * | has no such port or address                 |                               | wait: what is missing              |
 * | is ready                                    | refused by ELB                | wait: what ELB said                |
 * | is ready                                    | not done, or not seen since   | leave; wait: the trouble with AWS  |
 * | is ready                                    | seen healthy                  | open                               |
 * | is ready                                    | seen unhealthy                | close above the floor; or wait     |
 * | is ready                                    | seen otherwise                | wait: ELB's reason                 |
 */
function verdictOf(pod: Pod, input: PlanInput, context: Context): Verdict {
  const { gate, resolution, observation, trouble } = input;
  const registration = registrationOf(pod, gate);
  if (registration === 'leaving') return leave;
  if (resolution.problem) return wait(resolution.problem);
  const selected = context.selected.get(pod.uid);
  if (selected === undefined) return wait(notSelected(input));
  if (registration === 'not-ready') {
    const hasCondition = conditionOf(pod, gate) !== undefined;
    if (!hasCondition || context.kept.has(pod.uid) || input.ledger === undefined) return leave;
    return {
      gate: 'close',
      reason: 'ContainersNotReady',
      message: 'registered again when the containers are ready',
    };
  }
  if (selected.problem) return wait(selected.problem);
  const refused = input.refused.get(targetKey(selected.target));
  if (refused?.podUid === pod.uid) return wait(refused.trouble);
  const entry = ownEntry(input, { pod, target: selected.target });
  const known = entry === undefined ? undefined : healthOf(entry, observation);
  if (known?.known !== 'health') return trouble ? wait(trouble) : leave;
  return ofHealth(known.health, targetKey(selected.target));
}

function ofHealth({ state, reason = state, description }: TargetHealth, target: string): Verdict {
  if (state === 'healthy') return { gate: 'open', reason: 'Healthy', message: `target ${target} is healthy` };
  const message = `target ${target} is ${state}${description === undefined ? '' : `: ${description}`}`;
  return { gate: state === 'unhealthy' ? 'unhealthy' : 'wait', reason, message };
}

const notSelected = ({ binding }: PlanInput): Trouble => ({
  reason: 'NotSelected',
  message: `service ${binding.serviceName} does not select this pod; correct its labels or the service's selector`,
});

interface Context {
  readonly selected: ReadonlyMap<string, PodOfBinding>;
  /** The uids of pods that keep their target although they are not ready. */
  readonly kept: ReadonlySet<string>;
}

/** The conditions to write, in the order of the pods' names. */
export function planGates(input: PlanInput, held: readonly HeldRemoval[]): readonly Action[] {
  const context: Context = {
    selected: new Map((input.resolution.pods ?? []).map((candidate) => [candidate.pod.uid, candidate])),
    kept: new Set(held.map(({ entry }) => entry.podUid)),
  };
  const gated = [...input.pods.values()].filter((pod) => pod.gates.includes(input.gate));
  const judged = gated
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((pod) => ({ pod, open: isTrue(pod, input.gate), verdict: verdictOf(pod, input, context) }));
  // Pods whose containers are not ready serve nobody: their gates close first, and count against the floor.
  let spare =
    openGatesAboveFloor(input) -
    judged.filter(({ open, verdict }) => open && verdict.gate === 'close').length;
  const actions: Action[] = [];

  for (const { pod, open, verdict } of judged) {
    if (verdict.gate === 'leave' || (verdict.gate === 'wait' && open)) continue;
    if (verdict.gate === 'unhealthy' && open && spare-- <= 0) continue;
    const { reason, message } = verdict;
    const condition: GateCondition = { status: verdict.gate === 'open' ? 'True' : 'False', reason, message };
    if (differs(pod, input.gate, condition)) actions.push({ kind: 'set-condition', pod, condition });
  }
  return actions;
}

/** How many open gates may close before the floor is reached. */
function openGatesAboveFloor(input: PlanInput): number {
  const live = livePodsOf(input).map(({ pod }) => pod);
  return live.filter((pod) => isTrue(pod, input.gate)).length - floorOf(live.length, input.policy.floor);
}

/** True where writing the condition would change the pod. */
export function differs(pod: Pod, gate: string, { status, reason, message }: GateCondition): boolean {
  const now = conditionOf(pod, gate);
  return now?.status !== status || now.reason !== reason || now.message !== message;
}
