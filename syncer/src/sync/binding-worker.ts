import { isDeepStrictEqual } from 'node:util';
import { isTrue, type Binding, type BindingStatus, type TargetGroupRef } from '@targetgate/shared/model';
import { registrationOf, type Problem } from '@targetgate/shared/resolve';
import { targetKey, type Ledger } from '../ledger/ledger.ts';
import { plan, type Action, type Plan, type PlanInput, type Trouble } from '../plan/index.ts';
import { deregister } from './apply/deregister.ts';
import { look } from './apply/look.ts';
import { prepare } from './apply/prepare.ts';
import { register } from './apply/register.ts';
import { release } from './apply/release.ts';
import { writeConditions } from './apply/write-conditions.ts';
import { createBindingState } from './binding-state.ts';
import { viewOf, type BindingView } from './binding-view.ts';
import type { SyncContext } from './context.ts';
import { gather } from './gather.ts';
import { createLanes } from './lanes.ts';
import { sameStatus, statusOf } from './status.ts';

/** Keeps the targets of one binding in step. */
export interface BindingWorker {
  readonly binding: Binding;
  /** The target group and our targets in it; undefined until both are known. */
  readonly holdings: { readonly arn: string; readonly ledger: Ledger } | undefined;
  /** Whether a pod has a target of ours, selected or not. */
  concerns(uid: string): boolean;
  /** Plans from what is true now and starts what is due. Waits for nothing; work that ends asks for another round. */
  round(binding: Binding): void;
  view(): BindingView | undefined;
  /** Starts nothing more, and settles when what is under way has ended and the ledger says so. */
  close(): Promise<void>;
}

/** What a worker needs of the others. */
export interface Neighbourhood {
  /** Asks for another round of this binding. */
  readonly ask: () => void;
  /** The ledgers of other bindings of a target group that are not being deleted. */
  readonly siblings: (arn: string) => Iterable<Ledger>;
}

export function createBindingWorker(
  first: Binding,
  context: SyncContext,
  { ask, siblings }: Neighbourhood,
): BindingWorker {
  const { clock, names, metrics } = context;
  const state = createBindingState(first, context, ask);
  const { own, logger, milestones } = state;
  const lanes = createLanes(context, ask, (work, trouble) => {
    metrics.failed(work, trouble.reason);
    logger.warn({ work, ...trouble }, 'will be tried again');
    // A group that was made anew under its name has another ARN.
    if (trouble.reason === 'TargetGroupNotFound' && state.arnOf?.by === 'name') state.arn = undefined;
  });
  let current = first;
  let last: { readonly input: PlanInput; readonly plan: Plan } | undefined;
  let lastStatus: BindingStatus = first.status;
  let cancelLook: (() => void) | undefined;
  let cancelRetry: (() => void) | undefined;

  /** Nothing is held or written for a binding that this program has nothing to do for. */
  function startPrepare(binding: Binding): void {
    if (!sameGroup(state.arnOf, binding.targetGroup)) state.arn = undefined;
    if (own.ledger !== undefined && state.arn !== undefined) lanes.prepare.dismiss();
    else if (binding.targetType === 'ip' || binding.finalizers.includes(names.finalizer)) {
      lanes.prepare.offer(() => prepare(binding, state, context));
    }
  }

  function start(action: Action, { binding }: PlanInput, arn: string | undefined): void {
    switch (action.kind) {
      case 'deregister':
        if (arn !== undefined) lanes.deregister.offer(() => deregister(action.removals, arn, state, context));
        break;
      case 'hand-over':
        own.remove(action.entries.map(({ target }) => targetKey(target)));
        break;
      case 'register':
        if (arn !== undefined) lanes.register.offer(() => register(action.targets, arn, state, context));
        break;
      case 'release':
        if (!state.released) lanes.release.offer(() => release(binding, action.abandoned, state, context));
        break;
      case 'set-condition':
        break;
    }
  }

  function startConditions(actions: readonly Action[]): void {
    const writes = actions
      .filter((action) => action.kind === 'set-condition')
      .filter(({ pod }) => state.conditions.mayWrite(pod));
    if (writes.length > 0) lanes.conditions.offer(() => writeConditions(writes, state));
  }

  function startLook(lookAt: number | undefined, arn: string | undefined): void {
    cancelLook?.();
    cancelLook = undefined;
    if (lookAt === undefined || arn === undefined) lanes.look.dismiss();
    else if (lookAt <= clock.now()) lanes.look.offer(() => look(arn, state, context));
    else cancelLook = clock.at(lookAt, ask);
  }

  /** Nothing else need happen to a target that was refused: its time is up by itself. */
  function startRetry(): void {
    cancelRetry?.();
    const times = [...state.refused.values()].map(({ until }) => until);
    cancelRetry = times.length > 0 ? clock.at(Math.min(...times), ask) : undefined;
  }

  function startLedger(arn: string | undefined): void {
    if (own.ledger === undefined || arn === undefined) return;
    if (own.unsaved) lanes.ledger.offer(() => own.save(arn).then(() => undefined));
    else lanes.ledger.dismiss();
  }

  function startStatus(binding: Binding, problem: Problem | Trouble | undefined): void {
    const status = statusOf(binding, problem);
    if (sameStatus(status, lastStatus)) return;
    lanes.status.offer(async () => {
      await context.bindingApi.writeStatus(binding, status);
      const isNews = problem !== undefined && lastStatus.ready?.reason !== problem.reason;
      lastStatus = status;
      // Where LBC's CRD is installed, the status has no conditions: an event shows in kubectl all the same.
      if (isNews) await context.bindingApi.warn(binding, problem.reason, problem.message);
      return undefined;
    });
  }

  return {
    get binding() {
      return current;
    },
    get holdings() {
      return own.ledger && state.arn !== undefined ? { arn: state.arn, ledger: own.ledger } : undefined;
    },

    concerns: (uid) => own.ledger?.values().some(({ podUid }) => podUid === uid) ?? false,

    round: (binding) => {
      current = binding;
      const ending = binding.deletedAt !== undefined;
      if (ending) state.endingSince ??= clock.now();
      startPrepare(binding);
      const { arn } = state;
      const trouble = ending ? lanes.endingTrouble : lanes.trouble;
      const input = gather(
        binding,
        state,
        { trouble, siblings: arn === undefined ? [] : siblings(arn) },
        context,
      );
      note(input, milestones);
      state.conditions.keep(input.pods);
      const planned = plan(input);
      last = { input, plan: planned };

      const kinds = new Set(planned.actions.map((action) => action.kind));
      if (!kinds.has('deregister')) lanes.deregister.dismiss();
      if (!kinds.has('register')) lanes.register.dismiss();
      for (const action of planned.actions) start(action, input, arn);
      startConditions(planned.actions);
      startLook(planned.lookAt, arn);
      startRetry();
      startLedger(arn);
      const problem = input.resolution.problem ?? trouble;
      if (arn !== undefined || problem) startStatus(binding, problem);
    },

    view: () => last && viewOf(last.input, last.plan, state.arn, names.gate(first.name)),

    close: async () => {
      cancelLook?.();
      cancelRetry?.();
      lanes.close();
      await lanes.idle();
      if (!own.unsaved || own.ledger === undefined || state.arn === undefined) return;
      await own
        .save(state.arn)
        .catch((err: unknown) => logger.warn({ err }, 'the ledger lacks the last changes'));
    },
  };
}

/** Whether a spec still means the group that was found; before one was found, it does. */
const sameGroup = (found: TargetGroupRef | undefined, wanted: TargetGroupRef | undefined): boolean =>
  found === undefined || isDeepStrictEqual(found, wanted);

/** Notes the moments from which latencies count. */
function note(
  { pods, gate }: PlanInput,
  milestones: ReturnType<typeof createBindingState>['milestones'],
): void {
  for (const pod of pods.values()) {
    if (pod.deletesAt !== undefined) milestones.leaving(pod.uid);
    else if (registrationOf(pod, gate) === 'wanted' && !isTrue(pod, gate)) milestones.wanted(pod.uid);
  }
  milestones.keep(pods);
}
