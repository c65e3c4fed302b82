import { isDeepStrictEqual } from 'node:util';
import { isTrue, type Binding, type TargetGroupRef } from '@targetgate/shared/model';
import { targetKey, type Ledger } from '../ledger/ledger.ts';
import { plan, type Plan, type PlanInput, type Siblings } from '../plan/index.ts';
import { learn } from './apply/learn.ts';
import { look } from './apply/look.ts';
import { prepare } from './apply/prepare.ts';
import { createBindingState, type BindingState } from './binding-state.ts';
import { viewOf, type BindingView } from './binding-view.ts';
import { carryOut } from './carry-out.ts';
import type { SyncContext } from './context.ts';
import { factsDue } from './facts-due.ts';
import { gather, settingsFor } from './gather.ts';
import { createLanes } from './lanes.ts';
import { createShadow } from './shadow.ts';
import { createStatusWriter } from './status-writer.ts';
import { ungatedPods, ungatedSubject } from './ungated.ts';

/** Keeps the targets of one binding in step. */
export interface BindingWorker {
  readonly binding: Binding;
  /** Our targets and their group, which is undefined where we never had any; undefined until the ledger was read. */
  readonly holdings: { readonly arn: string | undefined; readonly ledger: Ledger } | undefined;
  /** Whether its end is over: its targets are gone, and it holds nothing any more. */
  readonly isReleased: boolean;
  /** Whether a pod or node has a target of ours, selected or not. */
  concerns(uid: string): boolean;
  /** Says that a pod or node was seen to end: its target needs no further proof to be removed. */
  hasEnded(uid: string): void;
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
  /** The other bindings of a target group that are not being deleted. */
  readonly siblings: (arn: string) => Siblings;
  /** Asks those others for a round: what they may do has changed. */
  readonly askSiblings: (arn: string) => void;
}

export function createBindingWorker(
  first: Binding,
  context: SyncContext,
  { ask, siblings, askSiblings }: Neighbourhood,
): BindingWorker {
  const { clock, names, metrics, events, snapshot, shadow: isShadow } = context;
  const state = createBindingState(first, context, ask);
  const { own, logger } = state;
  const lanes = createLanes(context, ask, (work, trouble) => {
    metrics.failed(work, trouble.reason);
    logger.warn({ work, ...trouble }, 'will be tried again');
    // A group that was made anew under its name has another ARN.
    if (trouble.reason === 'TargetGroupNotFound' && state.arnOf?.by === 'name') state.arn = undefined;
  });
  const status = createStatusWriter(first.status, lanes.status, context);
  const shadow = isShadow ? createShadow(state, context) : undefined;
  const startedAt = clock.now();
  let current = first;
  let view: BindingView | undefined;
  let timer: (() => void) | undefined;

  /** Nothing is held or written for a binding that this program has nothing to do for. */
  function startPrepare(binding: Binding): void {
    if (!sameGroup(state.arnOf, binding.targetGroup)) {
      state.arn = undefined;
      state.facts = undefined;
    }
    if (own.ledger !== undefined && state.arn !== undefined) lanes.prepare.dismiss();
    else {
      lanes.prepare.offer(async () => {
        const trouble = await prepare(binding, state, context);
        if (trouble === undefined && state.arn !== undefined) askSiblings(state.arn);
        return trouble;
      });
    }
  }

  /** Asks for the facts of the group when they are due; gives when they will be, where they are not (epoch ms). */
  function startFacts(input: PlanInput): number | undefined {
    const { binding } = input;
    const { arn } = state;
    if (arn === undefined || binding.deletedAt !== undefined) return undefined;
    const { isNeeded, dueAt } = factsDue(input, state.facts, startedAt);
    if (dueAt > input.now) return dueAt;
    lanes.facts.offer(() => learn({ binding, arn, state, context }, isNeeded));
    return undefined;
  }

  function startLook(lookAt: number | undefined, { binding, now }: PlanInput): void {
    const { arn } = state;
    if (lookAt === undefined || arn === undefined) lanes.look.dismiss();
    else if (lookAt <= now) lanes.look.offer(() => look({ binding, arn, state, context }));
  }

  function startLedger(): void {
    const { arn } = state;
    if (own.ledger === undefined || arn === undefined || isShadow) return;
    if (own.unsaved) {
      lanes.ledger.offer(async () => {
        await own.save(arn);
        askSiblings(arn);
        return undefined;
      });
    } else lanes.ledger.dismiss();
  }

  /**
   * Wakes this binding up when time alone brings something to do. `now` is the round's own: what was not due by it was
   * not done, so what has become due since must not be passed over.
   */
  function startTimer(times: readonly (number | undefined)[], now: number): void {
    timer?.();
    timer = undefined;
    // Nothing else need happen to a target that is left alone for a while: its time is up by itself.
    const refused = [...state.refused.values()].map(({ until }) => until);
    const coming = [...times, ...refused, ...state.landing.unsettled().values()].filter(
      (at) => at !== undefined && at > now,
    );
    if (coming.length > 0) timer = clock.at(Math.min(...(coming as number[])), ask);
  }

  function report(input: PlanInput, planned: Plan, mistakes: readonly string[]): number | undefined {
    const ungated = ungatedPods(input, names, snapshot);
    view = viewOf(input, planned, {
      arn: state.arn,
      mistakes,
      ungated: ungated.map((pod) => pod.name),
      pending: shadow?.pending ?? [],
      names,
    });
    if (isShadow) return undefined;
    for (const pod of ungated) {
      const message = `pods have no readiness gate for TargetGroupBinding ${current.name}: a rollout does not wait for their targets; restart them while the webhook runs`;
      events.warn(ungatedSubject(pod), 'PodsWithoutGate', message);
    }
    const isKnown = state.arn !== undefined || view.problem !== undefined;
    return isKnown ? status.offer(view, { arn: state.arn, facts: state.facts?.of }) : undefined;
  }

  return {
    get binding() {
      return current;
    },
    get holdings() {
      return own.lastKnown && { arn: state.arn ?? own.recordedArn, ledger: own.lastKnown };
    },

    get isReleased() {
      return state.released;
    },
    concerns: (uid) => own.has(uid),
    hasEnded: (uid) => void state.ended.add(uid),

    round: (binding) => {
      current = binding;
      const isEnding = binding.deletedAt !== undefined;
      if (isEnding) state.endingSince ??= clock.now();
      startPrepare(binding);
      const { arn } = state;
      const { settings, mistakes } = settingsFor(binding, context);
      const around = {
        trouble: isEnding ? lanes.endingTrouble : lanes.trouble,
        siblings: arn === undefined ? { known: true, ledgers: [] } : siblings(arn),
        settings,
      };
      let input = gather(binding, state, around, context);
      if (shadow?.follow(input)) input = gather(binding, state, around, context);
      note(input, state);
      const planned = plan(input);
      remember(planned, state, clock.now());
      if (shadow) shadow.report(planned, input.gate);
      else carryOut(planned, input, { state, lanes, context });
      const lookAt = shadow ? shadow.lookAt(planned) : planned.lookAt;
      startLook(lookAt, input);
      startLedger();
      const factsAt = startFacts(input);
      const statusAt = report(input, planned, mistakes);
      startTimer([lookAt, planned.againAt, factsAt, statusAt], input.now);
    },

    view: () => view,

    close: async () => {
      timer?.();
      lanes.close();
      await lanes.idle();
      if (isShadow || !own.unsaved || own.ledger === undefined || state.arn === undefined) return;
      await own
        .save(state.arn)
        .catch((err: unknown) => logger.warn({ err }, 'the ledger lacks the last changes'));
    },
  };
}

/** Whether a spec still means the group that was found; before one was found, it does. */
const sameGroup = (found: TargetGroupRef | undefined, wanted: TargetGroupRef | undefined): boolean =>
  found === undefined || isDeepStrictEqual(found, wanted);

/** Notes the moments from which latencies count, and forgets what no longer matters. */
function note(
  { pods, gate, resolution }: PlanInput,
  { milestones, conditions, ended, own }: BindingState,
): void {
  const wanted = (resolution.candidates ?? []).filter(({ registration }) => registration === 'wanted');
  for (const { subject } of wanted) {
    const pod = pods.get(subject.uid);
    if (pod !== undefined && !isTrue(pod, gate)) milestones.wanted(subject.uid);
  }
  for (const pod of pods.values()) if (pod.deletesAt !== undefined) milestones.leaving(pod.uid);
  milestones.keep(pods);
  conditions.keep(pods);
  for (const uid of ended) if (!own.has(uid)) ended.delete(uid);
}

/** Remembers since when each removal is held. */
function remember({ held }: Plan, { heldSince }: BindingState, now: number): void {
  const keys = new Set(held.map(({ target }) => targetKey(target)));
  for (const key of heldSince.keys()) if (!keys.has(key)) heldSince.delete(key);
  for (const key of keys) if (!heldSince.has(key)) heldSince.set(key, now);
}
