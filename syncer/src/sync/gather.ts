import type { Binding, Pod } from '@targetgate/shared/model';
import { targetsOfBinding, type Resolution } from '@targetgate/shared/resolve';
import type { Ledger, TargetKey } from '../ledger/ledger.ts';
import type { PlanInput, Trouble } from '../plan/index.ts';
import type { BindingState } from './binding-state.ts';
import type { SyncContext } from './context.ts';

/** What a binding's own state does not say. */
export interface Around {
  readonly trouble: Trouble | undefined;
  /** The ledgers of other bindings of the same target group that stay. */
  readonly siblings: Iterable<Ledger>;
}

/** Gathers all that a plan is made of: what the cluster is, what ELB said, what is under way. Waits for nothing. */
export function gather(
  binding: Binding,
  state: BindingState,
  around: Around,
  context: SyncContext,
): PlanInput {
  const { names, snapshot, policy, clock } = context;
  const gate = names.gate(binding.name);
  const current = (pod: Pod): Pod => state.conditions.current(pod);
  const resolution = withPods(targetsOfBinding(binding, snapshot), current);

  const pods = new Map<string, Pod>();
  for (const { pod } of resolution.pods ?? []) pods.set(pod.uid, pod);
  for (const pod of snapshot.podsGatedBy(binding.namespace, gate)) {
    if (!pods.has(pod.uid)) pods.set(pod.uid, current(pod));
  }
  for (const { podName, podUid } of state.own.ledger?.values() ?? []) {
    const pod = pods.has(podUid) ? undefined : snapshot.pod(binding.namespace, podName);
    // A pod of that name with another uid is its successor.
    if (pod?.uid === podUid) pods.set(podUid, current(pod));
  }
  return {
    binding,
    gate,
    finalizer: names.finalizer,
    resolution,
    pods,
    ledger: knownLedger(binding, state),
    busy: state.busy,
    observation: state.observation,
    refused: refusedNow(state, clock.now()),
    shared: sharedTargets(state.own.ledger, around.siblings),
    trouble: around.trouble,
    endingSince: state.endingSince,
    policy,
    now: clock.now(),
  };
}

const withPods = (resolution: Resolution, current: (pod: Pod) => Pod): Resolution =>
  resolution.pods === undefined
    ? resolution
    : { pods: resolution.pods.map((candidate) => ({ ...candidate, pod: current(candidate.pod) })) };

/** The ledger, once its group is known. A binding that ends and never had a target needs no group. */
function knownLedger({ deletedAt }: Binding, { arn, own }: BindingState): Ledger | undefined {
  const needless = deletedAt !== undefined && own.ledger?.size === 0;
  return arn !== undefined || needless ? own.ledger : undefined;
}

function refusedNow({ refused }: BindingState, now: number): BindingState['refused'] {
  for (const [key, { until }] of refused) if (until <= now) refused.delete(key);
  return refused;
}

/** Our targets that a sibling has registered for the same pod. */
function sharedTargets(ledger: Ledger | undefined, siblings: Iterable<Ledger>): ReadonlySet<TargetKey> {
  const shared = new Set<TargetKey>();
  for (const sibling of siblings) {
    for (const [key, { podUid }] of ledger ?? []) if (sibling.get(key)?.podUid === podUid) shared.add(key);
  }
  return shared;
}
