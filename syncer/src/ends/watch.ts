import type { PlanInput } from '../plan/index.ts';
import type { BindingState } from '../sync/binding-state.ts';
import type { SyncContext } from '../sync/context.ts';
import { bindingSubject } from '../sync/events.ts';
import { ungatedSubject } from '../sync/ungated.ts';
import { adviceOf } from './advice.ts';
import type { Hindrance } from './followed.ts';
import { groupNameOf, needOf, type Drain } from './need.ts';
import { createEndTracker, type JudgedEnd, type TrackedEnds } from './track.ts';

/** Watches the ends of a binding's pods, and tells of them: counts, events, the log. */
export interface EndWatch {
  /** Looks at all of them. */
  round(input: PlanInput, hindrance: Hindrance): Omit<TrackedEnds, 'judged'>;
  /** The binding is gone, and with it the sight of what is under way. */
  abandon(): void;
}

/** `skewMs`: by how much this program's clock is ahead of the API server's, in milliseconds. */
export function createEndWatch(state: BindingState, context: SyncContext, skewMs: () => number): EndWatch {
  const { snapshot, names, metrics, events, clock } = context;
  const { own, milestones, logger } = state;
  const tracker = createEndTracker(clock.now());
  let last: Drain | undefined;

  function tell({ subject, pod, verdict }: JudgedEnd, drain: Drain): void {
    const { binding } = drain;
    metrics.terminated({ namespace: binding.namespace, verdict });
    if (verdict.outcome === 'safe') return;
    const said = { pod: subject.name, ...verdict };
    if (verdict.outcome === 'unknown') {
      logger.info(said, 'an end could not be judged');
      return;
    }
    logger.warn(said, 'a pod ended too early');
    const message = adviceOf(verdict.cause, {
      binding: binding.name,
      groupName: groupNameOf(binding),
      terminationLabel: names.terminationLabel,
      seconds: needOf(pod ?? { endAnnotations: {} }, drain).seconds,
    });
    events.warn(pod ? ungatedSubject(pod) : bindingSubject(binding, names), 'TerminatedTooEarly', message);
  }

  return {
    round: (input, hindrance) => {
      const { binding, settings } = input;
      const drain: Drain = { binding, settings, facts: state.facts?.of, names };
      last = drain;
      const { judged, ...rest } = tracker.follow({
        input,
        ledger: own.lastKnown,
        snapshot,
        needOf: (pod) => needOf(pod, drain),
        deregisteredAt: (uid) => milestones.deregisteredAt(uid),
        hindrance,
        skewMs: skewMs(),
      });
      for (const one of judged) tell(one, drain);
      return rest;
    },
    abandon: () => {
      if (last === undefined) return;
      for (const one of tracker.abandon()) tell(one, last);
    },
  };
}
