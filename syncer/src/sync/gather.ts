import type { Binding, Pod } from '@targetgate/shared/model';
import { targetsOfBinding, type Resolution } from '@targetgate/shared/resolve';
import type { PlanInput, Trouble } from '../plan/index.ts';
import type { BindingState } from './binding-state.ts';
import type { SyncContext } from './context.ts';

/** Gathers all that a plan is made of: what the cluster is, what ELB said, what is under way. Waits for nothing. */
export function gather(
  binding: Binding,
  state: BindingState,
  trouble: Trouble | undefined,
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
    ledger: state.arn === undefined ? undefined : state.own.ledger,
    busy: state.busy,
    observation: state.observation,
    trouble,
    policy,
    now: clock.now(),
  };
}

const withPods = (resolution: Resolution, current: (pod: Pod) => Pod): Resolution =>
  resolution.pods === undefined
    ? resolution
    : { pods: resolution.pods.map((candidate) => ({ ...candidate, pod: current(candidate.pod) })) };
