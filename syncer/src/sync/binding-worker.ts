import type { Binding } from '@targetgate/shared/model';
import type { Ledger } from '../ledger/ledger.ts';
import {
  areSomeUnderWay,
  plan,
  type Plan,
  type PlanInput,
  type QuotaShare,
  type Siblings,
} from '../plan/index.ts';
import type { EndUnderWay } from '../ends/under-way.ts';
import { createEndWatch } from '../ends/watch.ts';
import { createBindingState } from './binding-state.ts';
import { isKnown, viewOf, type BindingView } from './binding-view.ts';
import { carryOut } from './carry-out.ts';
import type { SyncContext } from './context.ts';
import { gather, settingsFor } from './gather.ts';
import type { Holding } from './holders.ts';
import { createLanes } from './lanes.ts';
import { note, noteLook, remember } from './notes.ts';
import { createShadow } from './shadow.ts';
import { createStatusWriter } from './status-writer.ts';
import { ungatedPods, ungatedSubject } from './ungated.ts';
import { createUpkeep } from './upkeep.ts';

/** Keeps the targets of one binding in step. */
export interface BindingWorker {
  readonly binding: Binding;
  /** Our targets and their group, which is undefined where we never had any; undefined until the ledger was read. */
  readonly holdings: { readonly arn: string | undefined; readonly ledger: Ledger } | undefined;
  /** Whether its end is over: its targets are gone, and it holds nothing any more. */
  readonly isReleased: boolean;
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
  /** Is told of the pods and nodes that have targets of this binding, selected or not. */
  readonly holding: Holding;
  /** The other bindings of a target group that are not being deleted. */
  readonly siblings: (arn: string) => Siblings;
  readonly sharingQuota: () => QuotaShare;
  /** Says whether pods of this binding are on their way into service. */
  readonly setBusy: (isBusy: boolean) => void;
  /** Asks those others for a round: what they may do has changed. */
  readonly askSiblings: (arn: string) => void;
  /** By how much this program's clock is ahead of the API server's, in milliseconds: all of them find it out together. */
  readonly skewMs: () => number;
}

export function createBindingWorker(
  first: Binding,
  context: SyncContext,
  { ask, holding, siblings, sharingQuota, setBusy, askSiblings, skewMs }: Neighbourhood,
): BindingWorker {
  const { clock, names, metrics, events, snapshot, shadow: isShadow } = context;
  const state = createBindingState(first, context, { ask, holding });
  const { own, logger } = state;
  const lanes = createLanes(context, ask, (work, trouble) => {
    metrics.failed(work, trouble.reason);
    logger.warn({ work, ...trouble }, 'will be tried again');
    // A group that was made anew under its name has another ARN.
    if (trouble.reason === 'TargetGroupNotFound' && state.arnOf?.by === 'name') state.arn = undefined;
  });
  const status = createStatusWriter(first.status, lanes.status, context);
  const shadow = isShadow ? createShadow(state, context) : undefined;
  const ends = createEndWatch(state, context, skewMs);
  const isNew = first.status.observedGeneration === undefined;
  const upkeep = createUpkeep({ state, lanes, context, isNew, askSiblings });
  let current = first;
  let view: BindingView | undefined;
  let timer: (() => void) | undefined;

  /**
   * Wakes this binding up when time alone brings something to do. `now` is the round's own: what was not due by it was
   * not done, so what has become due since must not be passed over.
   */
  function startTimer(times: readonly (number | undefined)[], now: number): void {
    timer?.();
    timer = undefined;
    // Nothing else need happen to a target that is left alone for a while: its time is up by itself.
    const refused = [...state.refused.values()].map(({ until }) => until);
    const coming = [...times, ...refused, ...state.landing.all().values()].filter(
      (at) => at !== undefined && at > now,
    );
    if (coming.length > 0) timer = clock.at(Math.min(...(coming as number[])), ask);
  }

  /** In shadow mode, somebody else deregisters. */
  const followEnds = (input: PlanInput): ReturnType<typeof ends.round> =>
    isShadow
      ? { underWay: [], againAt: undefined }
      : ends.round(input, {
          trouble: lanes.deregister.trouble?.reason,
          waitingSince: lanes.deregister.waitingSince,
        });

  function report(
    input: PlanInput,
    planned: Plan,
    { mistakes, underWay }: { mistakes: readonly string[]; underWay: readonly EndUnderWay[] },
  ): number | undefined {
    const ungated = ungatedPods(input, names, snapshot);
    view = viewOf(input, planned, {
      arn: state.arn,
      mistakes,
      ungated: ungated.map((pod) => pod.name),
      pending: shadow?.pending ?? [],
      facts: state.facts?.of,
      ends: underWay,
      names,
    });
    if (isShadow) return undefined;
    for (const pod of ungated) {
      const message = `pods have no readiness gate for TargetGroupBinding ${current.name}: a rollout does not wait for their targets; restart them while the webhook runs`;
      events.warn(ungatedSubject(pod), 'PodsWithoutGate', message);
    }
    return isKnown(view) ? status.offer(view, { arn: state.arn, facts: state.facts?.of }) : undefined;
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
    hasEnded: (uid) => void state.ended.add(uid),

    round: (binding) => {
      current = binding;
      const isEnding = binding.deletedAt !== undefined;
      if (isEnding) state.endingSince ??= clock.now();
      upkeep.prepare(binding);
      const { arn } = state;
      const { settings, mistakes } = settingsFor(binding, context);
      const around = {
        trouble: isEnding ? lanes.endingTrouble : lanes.trouble,
        lookTrouble: lanes.look.trouble,
        siblings: arn === undefined ? { known: true, ledgers: [] } : siblings(arn),
        sharingQuota: sharingQuota(),
        settings,
      };
      let input = gather(binding, state, around, context);
      if (shadow?.follow(input)) input = gather(binding, state, around, context);
      input = noteLook(input, state);
      setBusy(areSomeUnderWay(input));
      // Before what is past is forgotten.
      const { underWay, againAt: endsAt } = followEnds(input);
      note(input, state);
      const planned = plan(input);
      remember(planned, state, clock.now());
      shadow?.report(planned, input.gate);
      const mayGoAloneAt = shadow ? undefined : carryOut(planned, input, { state, lanes, context });
      const lookAt = shadow ? shadow.lookAt(planned) : planned.lookAt;
      upkeep.look(lookAt, input, planned);
      upkeep.ledger();
      const factsAt = upkeep.facts(input);
      const statusAt = report(input, planned, { mistakes, underWay });
      startTimer([lookAt, planned.againAt, mayGoAloneAt, factsAt, statusAt, endsAt], input.now);
    },

    view: () => view,

    close: async () => {
      timer?.();
      if (state.released) ends.abandon();
      lanes.close();
      await lanes.idle();
      own.close();
      if (isShadow || !own.unsaved || own.ledger === undefined || state.arn === undefined) return;
      await own
        .save(state.arn)
        .catch((err: unknown) => logger.warn({ err }, 'the ledger lacks the last changes'));
    },
  };
}
