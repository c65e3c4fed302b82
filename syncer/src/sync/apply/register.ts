import { targetKey } from '../../ledger/ledger.ts';
import type { Registering, Trouble } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';
import { targetsPerCall, type ElbTrouble } from '../target-groups.ts';

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
  arn: string,
  state: BindingState,
  context: SyncContext,
): Promise<Trouble | undefined> {
  const { own, busy } = state;
  const batch = registering.slice(0, targetsPerCall);
  const keys = batch.map(({ target }) => targetKey(target));
  for (const key of keys) busy.add(key);
  try {
    own.put(batch.map((one) => entryOf(one, context)));
    await own.save(arn);
    const staying = batch.filter(({ pod }) => stays(pod, context));
    return await registerBatch(staying, arn, state, context);
  } finally {
    for (const key of keys) busy.delete(key);
  }
}

const entryOf = ({ target, pod }: Registering, { clock }: SyncContext) => ({
  target,
  podName: pod.name,
  podUid: pod.uid,
  intendedAt: clock.now(),
  registeredAt: undefined,
});

/** Writing the ledger takes its time; a pod that began to terminate meanwhile is not registered any more. */
function stays({ namespace, name, uid }: Registering['pod'], { snapshot }: SyncContext): boolean {
  const pod = snapshot.pod(namespace, name);
  return pod?.uid === uid && pod.deletesAt === undefined;
}

/** One bad target fails a whole batch: the batch is halved until the culprits stand alone, and they are set aside. */
async function registerBatch(
  batch: readonly Registering[],
  arn: string,
  state: BindingState,
  context: SyncContext,
): Promise<Trouble | undefined> {
  const culprits: Refusal[] = [];
  const left: (readonly Registering[])[] = batch.length > 0 ? [batch] : [];
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    const targets = part.map(({ target }) => target);
    const result = await context.targetGroups.register(arn, targets);
    if ('ok' in result) done(part, state, context);
    else if (!blamesTargets(result.trouble)) return result.trouble;
    else if (part.length > 1) left.push(part.slice(part.length >> 1), part.slice(0, part.length >> 1));
    else {
      culprits.push(...part.map((registering) => ({ registering, trouble: result.trouble })));
      if (culprits.length > mostCulprits) return result.trouble;
    }
  }
  for (const culprit of culprits) setAside(culprit, state, context);
  return undefined;
}

interface Refusal {
  readonly registering: Registering;
  readonly trouble: ElbTrouble;
}

const blamesTargets = ({ reason }: ElbTrouble): boolean =>
  reason === 'InvalidTarget' || reason === 'ValidationError';

function done(part: readonly Registering[], state: BindingState, context: SyncContext): void {
  const registeredAt = context.clock.now();
  state.own.put(part.map((one) => ({ ...entryOf(one, context), registeredAt })));
  for (const { pod } of part) state.milestones.registered(pod.uid);
  const targets = part.map(({ target, pod }) => [targetKey(target), pod.name]);
  state.logger.info({ targets }, 'registered');
}

function setAside({ registering, trouble }: Refusal, state: BindingState, { clock }: SyncContext): void {
  const { pod, target } = registering;
  const key = targetKey(target);
  state.own.remove([key]);
  state.refused.set(key, { podUid: pod.uid, trouble, until: clock.now() + refusedForMs });
  state.logger.warn({ target: key, pod: pod.name, ...trouble }, 'ELB refuses this target');
}
