import { conditionOf, isTrue, stays, type Pod } from '@targetgate/shared/model';
import { targetKey, type TargetKey } from '../ledger/ledger.ts';
import { failOpen } from './fail-open.ts';
import { healthOf, type KnownHealth } from './health.ts';
import type { PlanInput, Trouble } from './input.ts';
import type { TargetHealth } from './observation.ts';
import { problemOf } from './problem.ts';
import { quietUntil } from './quiet.ts';
import type { Candidates } from './successor.ts';
import { ownEntry } from './wanted.ts';

/**
 * What a gate should be.
 * - `open`: True. `waive`: True with this reason, unless it is open already: nothing better will come.
 * - `wait`: False with this reason, unless it is open already.
 * - `close`: False even where it is open; `unhealthy` does so above the floor only.
 * - `leave`: nothing to say yet, or any more.
 */
export type GateVerdict = SaidOfGate | { readonly gate: 'leave' };

export interface SaidOfGate extends Trouble {
  readonly gate: 'open' | 'waive' | 'wait' | 'close' | 'unhealthy';
  /** What the API server itself has to confirm first. */
  readonly ask?: 'not-selected';
}

/** What was planned of the targets, as far as gates depend on it. */
export interface GateContext {
  readonly candidates: Candidates;
  /** The targets that pods keep although they should leave. */
  readonly kept: ReadonlySet<TargetKey>;
  /** By uid: what keeps a target from being registered. */
  readonly obstacles: ReadonlyMap<string, Trouble>;
}

const unknown: KnownHealth = { known: 'nothing' };
const leave: GateVerdict = { gate: 'leave' };
const wait = ({ reason, message }: Trouble): GateVerdict => ({ gate: 'wait', reason, message });

/**
 * The gate of one pod; the first row that fits.
 *
 * | the pod                                     | its target's own registration     | gate                               |
 * | ------------------------------------------- | --------------------------------- | ---------------------------------- |
 * | terminating or finished                     |                                   | leave                              |
 * | is open, and the policy is latch            |                                   | leave                              |
 * | its binding is of instances                 |                                   | waive: not needed                  |
 * | its binding cannot be resolved              | as AWS has not answered for too long | waive: what the trouble is      |
 * | its binding cannot be resolved              |                                   | wait: what is missing              |
 * | is not selected by the service              |                                   | waive, when the API server agrees  |
 * | is not ready for registration               | kept by the floor, not known      | leave                              |
 * | is not ready for registration               | otherwise                         | close, where it has a condition    |
 * | has no such port or address                 |                                   | wait: what is missing              |
 * | is ready                                    | refused by ELB                    | wait: what ELB said                |
 * | is ready                                    | seen healthy                      | open                               |
 * | is ready                                    | seen unhealthy                    | close above the floor; or wait     |
 * | is ready                                    | seen, and ELB does not check it   | waive, or wait where so chosen     |
 * | is ready                                    | no answer of AWS for too long     | waive: what the trouble is         |
 * | is ready, and its gate has said nothing yet | seen initial, registered just now | leave (quiet.ts)                   |
 * | is ready                                    | seen otherwise                    | wait: ELB's reason                 |
 * | is ready                                    | something is in its way           | wait: what it is                   |
 * | is ready                                    | not done, or not seen since       | leave; wait: the trouble with AWS  |
 */
export function gateVerdict(pod: Pod, input: PlanInput, context: GateContext): GateVerdict {
  const { gate, settings, trouble } = input;
  if (!stays(pod)) return leave;
  if (settings.gatePolicy === 'latch' && isTrue(pod, gate)) return leave;
  if (input.targetType === 'instance') return notNeeded(input);
  const problem = problemOf(input);
  if (problem) {
    const opening = problem === trouble ? failOpen(pod, undefined, input) : undefined;
    return opening ? { gate: 'waive', ...opening } : wait(problem);
  }
  const selected = context.candidates.byUid.get(pod.uid);
  if (selected === undefined) return notSelected(input);
  if (selected.registration !== 'wanted') {
    const isKept = selected.target !== undefined && context.kept.has(targetKey(selected.target));
    if (conditionOf(pod, gate) === undefined || isKept || input.ledger === undefined) return leave;
    return notReady;
  }
  if (selected.problem) return wait(selected.problem);
  const target = targetKey(selected.target);
  const refused = input.refused.get(target);
  if (refused?.uid === pod.uid) return wait(refused.trouble);
  const entry = ownEntry(input, selected);
  const known = entry ? healthOf(entry, input.observation) : unknown;
  if (known.known === 'health' && isAnswer(known.health)) return ofAnswer(known.health, target, input);
  const opening = failOpen(pod, entry, input);
  if (opening !== undefined) return { gate: 'waive', ...opening };
  if (known.known === 'health') {
    const isFirstCheck = known.health.state === 'initial' && (quietUntil(pod, entry, input) ?? 0) > input.now;
    return isFirstCheck ? leave : wait(said(known.health, target));
  }
  const obstacle = context.obstacles.get(pod.uid) ?? trouble;
  return obstacle ? wait(obstacle) : leave;
}

/** ELB has checked the target, or says that it does not check it: there is nothing more to come. */
const isAnswer = ({ state, reason }: TargetHealth): boolean =>
  state === 'healthy' || state === 'unhealthy' || state === 'unavailable' || reason === 'Target.NotInUse';

function ofAnswer(health: TargetHealth, target: TargetKey, { settings }: PlanInput): GateVerdict {
  const { state } = health;
  if (state === 'healthy') return { gate: 'open', reason: 'Healthy', message: `target ${target} is healthy` };
  if (state === 'unhealthy') return { gate: 'unhealthy', ...said(health, target) };
  const isWaived = state === 'unavailable' || settings.notInUse === 'open';
  return { gate: isWaived ? 'waive' : 'wait', ...said(health, target) };
}

const said = ({ state, reason = state, description }: TargetHealth, target: TargetKey): Trouble => ({
  reason,
  message: `target ${target} is ${state}${description === undefined ? '' : `: ${description}`}`,
});

const notReady: GateVerdict = {
  gate: 'close',
  reason: 'ContainersNotReady',
  message: 'registered again when the containers are ready',
};

/** The gate was there before the target group's type was known. */
const notNeeded = ({ binding }: PlanInput): GateVerdict => ({
  gate: 'waive',
  reason: 'NotNeeded',
  message: `the targets of TargetGroupBinding ${binding.name} are instances, not pods: nothing registers this pod`,
});

const notSelected = ({ binding }: PlanInput): GateVerdict => ({
  gate: 'waive',
  reason: 'NotSelected',
  message: `service ${binding.serviceName} does not select this pod any more: nothing registers it`,
  ask: 'not-selected',
});
