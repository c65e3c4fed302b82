import type { Binding, Pod, TargetGroupFacts } from '@targetgate/shared/model';
import {
  rememberedGroupOf,
  settingsOfBinding,
  targetsOfBinding,
  targetTypeOf,
  tenancyOf,
  type BindingSettings,
  type Resolution,
} from '@targetgate/shared/resolve';
import type { Ledger } from '../ledger/ledger.ts';
import type { LastingTrouble, PlanInput, QuotaShare, Siblings, SubjectState } from '../plan/index.ts';
import type { BindingState } from './binding-state.ts';
import type { SyncContext } from './context.ts';

/** What a binding's own state does not say. */
export interface Around {
  readonly trouble: LastingTrouble | undefined;
  readonly lookTrouble: LastingTrouble | undefined;
  readonly siblings: Siblings;
  readonly sharingQuota: QuotaShare;
  readonly settings: BindingSettings;
}

/** Gathers all that a plan is made of: what the cluster is, what ELB said, what is under way. Waits for nothing. */
export function gather(
  binding: Binding,
  state: BindingState,
  { trouble, lookTrouble, siblings, sharingQuota, settings }: Around,
  context: SyncContext,
): PlanInput {
  const { names, snapshot, policy, clock } = context;
  const now = clock.now();
  const gate = names.gate(binding.name);
  const group = state.facts?.of;
  const resolution =
    tenancyProblem(binding, state, context) ?? targetsOfBinding(binding, snapshot, { gate, group });

  const pods = new Map<string, Pod>();
  const add = (pod: Pod): unknown => pods.has(pod.uid) || pods.set(pod.uid, state.conditions.current(pod));
  for (const { pod } of resolution.candidates ?? []) if (pod) add(pod);
  for (const pod of snapshot.podsGatedBy(binding.namespace, gate)) add(pod);
  return {
    binding,
    gate,
    finalizer: names.finalizer,
    settings,
    targetType: targetTypeOf(binding, group),
    resolution,
    pods,
    ...subjectsOf(binding, state, context),
    ledger: knownLedger(binding, state),
    busy: state.busy,
    unsettled: new Set(state.landing.unsettled().keys()),
    landing: new Set(state.landing.all().keys()),
    observation: state.observation,
    refused: refusedNow(state, now),
    siblings,
    heldSince: state.heldSince,
    atQuota: state.atQuota,
    trouble,
    troubleSince: trouble?.since,
    lookTrouble,
    endingSince: state.endingSince,
    sharingQuota,
    timeToHealthy: { learnt: state.timeToHealthy, checkEveryMs: checkEveryMs(binding, group) },
    surprisedAt: state.surprisedAt,
    landsBy: state.landing.landsBy,
    policy,
    now,
  };
}

/** The interval of the group's health check, in milliseconds, as ELB said it now or to an earlier syncer. */
function checkEveryMs(binding: Binding, group: TargetGroupFacts | undefined): number | undefined {
  const { healthCheckIntervalSeconds: seconds } = group ?? rememberedGroupOf(binding) ?? {};
  return seconds === undefined ? undefined : seconds * 1_000;
}

/** The settings of a binding, and what is wrong with its annotations. */
export const settingsFor = (binding: Binding, { names, defaults }: SyncContext) =>
  settingsOfBinding(binding, names, defaults);

/** Nothing is registered for a namespace that may not bind the group; what it has stays, and leaves with its pods. */
function tenancyProblem(
  binding: Binding,
  { arn, facts }: BindingState,
  { snapshot, names, tenancy }: SyncContext,
): Resolution | undefined {
  const { targetGroup } = binding;
  if (targetGroup === undefined) return undefined;
  const known = targetGroup.by === 'arn' ? targetGroup.arn : arn;
  const tags = facts?.of?.tags;
  const verdict = tenancyOf({
    namespace: snapshot.namespace(binding.namespace),
    names,
    defaults: tenancy.allowed,
    tagKey: tenancy.tagKey,
    group: {
      ...(targetGroup.by === 'name' && { name: targetGroup.name }),
      ...(known !== undefined && { arn: known }),
      ...(tags && { tags }),
    },
  });
  if (verdict.allowed === true) return undefined;
  if (verdict.allowed === false)
    return { problem: { reason: 'TargetGroupNotAllowed', message: verdict.rule } };
  const message = 'whether the namespace may bind this target group is being found out';
  return { problem: { reason: 'TenancyUnknown', message } };
}

/** What the cluster says of the subjects behind the ledger's entries. */
function subjectsOf(
  { namespace }: Binding,
  { own, ended: seen }: BindingState,
  { snapshot }: SyncContext,
): Pick<PlanInput, 'subjects' | 'ended'> {
  const subjects = new Map<string, SubjectState>();
  const ended = new Set(seen);
  for (const { subject } of own.ledger?.values() ?? []) {
    const { kind, name, uid } = subject;
    if (kind === 'endpoint') continue;
    const found = kind === 'node' ? snapshot.node(name) : snapshot.pod(namespace, name);
    if (found === undefined) continue;
    // Another one has the name: the API server would not have made it while the first was there.
    if (found.uid !== uid) ended.add(uid);
    else subjects.set(uid, 'ips' in found ? stateOfPod(found) : { state: 'live', addresses: undefined });
  }
  return { subjects, ended };
}

function stateOfPod({ deletesAt, finished, ips }: Pod): SubjectState {
  const state = finished ? 'finished' : deletesAt !== undefined ? 'terminating' : 'live';
  return { state, addresses: ips };
}

/** The ledger, once its group is known. A binding that ends and never had a target needs no group. */
function knownLedger({ deletedAt }: Binding, { arn, own }: BindingState): Ledger | undefined {
  const needless = deletedAt !== undefined && own.ledger?.size === 0;
  return arn !== undefined || needless ? own.ledger : undefined;
}

function refusedNow({ refused }: BindingState, now: number): BindingState['refused'] {
  for (const [key, { until }] of refused) if (until <= now) refused.delete(key);
  return refused;
}
