import type { Binding } from '@targetgate/shared/model';
import { targetKey } from '../../ledger/ledger.ts';
import type { Registering, Trouble } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';
import { isRefusal, targetsPerCall, type ElbResult, type ElbTrouble } from '../target-groups.ts';

/** Where ELB refuses more targets of one batch than this, it is not for what they are. */
const mostCulprits = 3;

/** How long a target that ELB refused is left alone, in milliseconds. */
const refusedForMs = 30_000;

/**
 * Registers targets, one call's worth; the others are planned again. The ledger says so before ELB is told: a crash
 * in between leaks no target.
 */
export async function register(
  registering: readonly Registering[],
  work: Work,
): Promise<Trouble | undefined> {
  const { arn, state, context } = work;
  const { own, busy } = state;
  const batch = registering.slice(0, targetsPerCall);
  const keys = batch.map(({ target }) => targetKey(target));
  for (const key of keys) busy.add(key);
  try {
    own.put(batch.map((one) => entryOf(one, context)));
    await own.save(arn);
    return await registerBatch(batch, work);
  } finally {
    for (const key of keys) busy.delete(key);
  }
}

/** What a call to ELB is made for. */
export interface Work {
  readonly binding: Binding;
  readonly arn: string;
  readonly state: BindingState;
  readonly context: SyncContext;
}

const entryOf = ({ target, subject }: Registering, { clock }: SyncContext) => ({
  target,
  subject,
  intendedAt: clock.now(),
  registeredAt: undefined,
});

/** The ledger and earlier calls take their time; a pod that began to end meanwhile is not registered any more. */
function stays({ namespace }: Binding, { subject }: Registering, { snapshot }: SyncContext): boolean {
  if (subject.kind !== 'pod') return true;
  const pod = snapshot.pod(namespace, subject.name);
  return pod?.uid === subject.uid && pod.deletesAt === undefined && !pod.finished;
}

/**
 * One bad target fails a whole batch: the batch is halved until the culprits stand alone, and they are set aside. At
 * the group's quota it is halved until what fits is in.
 */
async function registerBatch(batch: readonly Registering[], work: Work): Promise<Trouble | undefined> {
  const { binding, state, context } = work;
  const culprits: Refusal[] = [];
  let full: ElbTrouble | undefined;
  const left: (readonly Registering[])[] = [batch];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const part = next.filter((one) => stays(binding, one, context));
    if (part.length === 0) continue;
    const result = await registerPart(part, work);
    if ('ok' in result) {
      done(part, work);
      continue;
    }
    const { trouble } = result;
    if (!isRefusal(trouble)) state.landing.mayLand(part.map(({ target }) => targetKey(target)));
    const isFull = trouble.reason === 'TooManyTargets';
    if (!isFull && !blamesTargets(trouble)) return trouble;
    if (part.length > 1) {
      left.push(part.slice(part.length >> 1), part.slice(0, part.length >> 1));
    } else if (isFull) {
      full = trouble;
      break;
    } else {
      culprits.push(...part.map((registering) => ({ registering, trouble })));
      if (culprits.length > mostCulprits) return trouble;
    }
  }
  state.atQuota = full !== undefined;
  for (const culprit of culprits) setAside(culprit, work);
  return full;
}

/**
 * Addresses outside the group's VPC need the zone `all`, and those inside must not have it; ELB itself knows which is
 * which. What it took last is tried first, and an address that it refuses is tried the other way.
 */
async function registerPart(part: readonly Registering[], work: Work): Promise<ElbResult<undefined>> {
  const { binding, arn, state, context } = work;
  const calls = context.targetGroups.as(binding.role);
  const targets = part.map(({ target }) => target);
  const { zone } = state;
  const result = await calls.register(arn, targets, zone);
  const mayBeZone = part.length === 1 && part.every(({ subject }) => subject.kind !== 'node');
  if ('ok' in result || !mayBeZone || result.trouble.reason !== 'ValidationError') return result;
  const other = zone === 'all' ? undefined : 'all';
  const retried = await calls.register(arn, targets, other);
  if ('trouble' in retried) return blamesTargets(retried.trouble) ? result : retried;
  state.zone = other;
  return retried;
}

interface Refusal {
  readonly registering: Registering;
  readonly trouble: ElbTrouble;
}

const blamesTargets = ({ reason }: ElbTrouble): boolean =>
  reason === 'InvalidTarget' || reason === 'ValidationError';

function done(part: readonly Registering[], { state, context }: Work): void {
  const registeredAt = context.clock.now();
  state.own.put(part.map((one) => ({ ...entryOf(one, context), registeredAt })));
  state.landing.registered(part.map(({ target }) => targetKey(target)));
  for (const { subject } of part) state.milestones.registered(subject.uid);
  const targets = part.map(({ target, subject }) => [targetKey(target), subject.name]);
  state.logger.info({ targets }, 'registered');
}

function setAside({ registering, trouble }: Refusal, { binding, state, context }: Work): void {
  const { subject, target } = registering;
  const key = targetKey(target);
  // One that ELB has all the same, from an earlier call, must not be forgotten.
  if (state.observation?.targets.has(key) === false) state.own.remove([key]);
  state.refused.set(key, { uid: subject.uid, trouble, until: context.clock.now() + refusedForMs });
  state.logger.warn({ target: key, subject: subject.name, ...trouble }, 'ELB refuses this target');
  if (subject.kind === 'endpoint') return;
  const kind = subject.kind === 'node' ? 'Node' : 'Pod';
  const about = {
    apiVersion: 'v1',
    kind,
    namespace: binding.namespace,
    name: subject.name,
    uid: subject.uid,
  };
  const message = `TargetGroupBinding ${binding.name}: target ${key}: ${trouble.message}`;
  context.events.warn(about, 'TargetRefused', message);
}
