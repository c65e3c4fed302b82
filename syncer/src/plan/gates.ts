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
 * | has no such port or address                 |                               | wait: what is missing              |
 * | is not ready for registration               | kept by the floor             | leave                              |
 * | is not ready for registration               | otherwise                     | close, where it is open; or leave  |
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
  if (selected.problem) return wait(selected.problem);
  if (registration === 'not-ready') {
    if (context.kept.has(pod.uid) || !isTrue(pod, gate)) return leave;
    return {
      gate: 'close',
      reason: 'ContainersNotReady',
      message: 'registered again when the containers are ready',
    };
  }
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
  let spare = openGatesAboveFloor(input);
  const actions: Action[] = [];

  for (const pod of gated.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const verdict = verdictOf(pod, input, context);
    const open = isTrue(pod, input.gate);
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
