import { isDeepStrictEqual } from 'node:util';
import type { Binding, TargetGroupRef } from '@targetgate/shared/model';
import { isLookAwaited, type Plan, type PlanInput } from '../plan/index.ts';
import { learn } from './apply/learn.ts';
import { look } from './apply/look.ts';
import { prepare } from './apply/prepare.ts';
import { orderFor } from './apply/work.ts';
import type { BindingState } from './binding-state.ts';
import type { SyncContext } from './context.ts';
import { factsDue } from './facts-due.ts';
import type { Lanes } from './lanes.ts';

/** Starts, in each round, what is due whatever is planned: finding the group and the ledger, looks, facts, saving. */
export interface Upkeep {
  /** Nothing is held or written for a binding that this program has nothing to do for. */
  prepare(binding: Binding): void;
  /** Asks for the facts of the group when they are due; gives when they will be, where they are not (epoch ms). */
  facts(input: PlanInput): number | undefined;
  look(lookAt: number | undefined, input: PlanInput, planned: Plan): void;
  ledger(): void;
}

export function createUpkeep(options: {
  readonly state: BindingState;
  readonly lanes: Lanes;
  readonly context: SyncContext;
  /** Whether the status remembers nothing of an earlier round. */
  readonly isNew: boolean;
  /** Asks the other bindings of a group for a round. */
  readonly askSiblings: (arn: string) => void;
}): Upkeep {
  const { state, lanes, context, isNew, askSiblings } = options;
  const { own } = state;
  const seen = { startedAt: context.clock.now(), isNew };

  return {
    prepare: (binding) => {
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
    },

    facts: (input) => {
      const { binding } = input;
      const { arn } = state;
      if (arn === undefined || binding.deletedAt !== undefined) return undefined;
      const { dueAt, ...how } = factsDue(input, {
        facts: state.facts,
        doubtedAt: state.factsDoubtedAt,
        seen,
      });
      if (dueAt > input.now) return dueAt;
      lanes.facts.offer(() => learn({ binding, arn, state, context }, how));
      return undefined;
    },

    look: (lookAt, input, planned) => {
      const { arn } = state;
      if (lookAt === undefined || arn === undefined) lanes.look.dismiss();
      else if (lookAt > input.now) lanes.look.leave();
      else {
        const work = { binding: input.binding, arn, state, context };
        // The first pods of a new binding come soon, and are registered by what is there before them.
        const isFirstOfNew = isNew && input.observation === undefined;
        const urgency = isFirstOfNew || isLookAwaited(input, planned) ? 'awaited' : 'routine';
        lanes.look.offer(orderFor(urgency, work), (turn) => look(work, turn));
      }
    },

    ledger: () => {
      const { arn } = state;
      if (own.ledger === undefined || arn === undefined || context.shadow) return;
      if (own.unsaved) {
        lanes.ledger.offer(async () => {
          await own.save(arn);
          askSiblings(arn);
          return undefined;
        });
      } else lanes.ledger.dismiss();
    },
  };
}

/** Whether a spec still means the group that was found; before one was found, it does. */
const sameGroup = (found: TargetGroupRef | undefined, wanted: TargetGroupRef | undefined): boolean =>
  found === undefined || isDeepStrictEqual(found, wanted);
