import { isTrue } from '@targetgate/shared/model';
import { targetKey, type LedgerEntry } from '../ledger/ledger.ts';
import type { Plan, PlanInput } from '../plan/index.ts';
import type { BindingState } from './binding-state.ts';
import type { SyncContext } from './context.ts';

/**
 * Shadow mode: beside another controller, everything is planned and nothing is done. What that controller has done is
 * taken for our own work, so that each plan says what we would have done by now and it has not: the time until it does
 * is our lead.
 */
export interface Shadow {
  /** Takes over in memory what the other controller has done; true where that changed anything. */
  follow(input: PlanInput): boolean;
  /** Logs what is planned when it is planned first, and the lead when it is not planned any more. */
  report(plan: Plan, gate: string): void;
  /** What would be done now. */
  readonly pending: readonly string[];
  /** When to look next: often while the other controller is behind. */
  lookAt(plan: Plan): number | undefined;
}

/** How often to look while something is planned, in milliseconds. */
const lookEveryMs = 2_000;

export function createShadow(
  state: Pick<BindingState, 'own' | 'logger' | 'observation'>,
  { clock, metrics }: SyncContext,
): Shadow {
  const { own, logger } = state;
  const planned = new Map<string, number>();

  return {
    follow: (input) => {
      const added = adopted(input);
      const gone = left(input);
      if (added.length > 0) own.put(added);
      if (gone.length > 0) own.remove(gone);
      return added.length + gone.length > 0;
    },

    report: (plan, gate) => {
      const now = clock.now();
      const changes = changesOf(plan, gate);
      for (const [id, { change, of }] of changes) {
        if (planned.has(id)) continue;
        planned.set(id, now);
        logger.info({ change, of }, 'shadow: would be done now');
      }
      for (const [id, at] of planned) {
        if (changes.has(id)) continue;
        planned.delete(id);
        const [change = '', of] = id.split(' ');
        const seconds = (now - at) / 1000;
        metrics.shadowLead(change, seconds);
        logger.info(
          { change, of, seconds },
          'shadow: somebody else has done it, or it is not needed any more',
        );
      }
    },

    get pending() {
      return [...planned.keys()];
    },

    lookAt: ({ lookAt }) => {
      const { observation } = state;
      if (planned.size === 0 || lookAt === undefined || observation === undefined) return lookAt;
      return Math.min(lookAt, observation.askedAt + lookEveryMs);
    },
  };
}

/** Targets that are registered and belong to a subject of the binding. */
function adopted({ resolution, ledger, observation }: PlanInput): LedgerEntry[] {
  if (ledger === undefined || observation === undefined) return [];
  return (resolution.candidates ?? []).flatMap(({ subject, target }) => {
    if (target === undefined || ledger.has(targetKey(target))) return [];
    const health = observation.targets.get(targetKey(target));
    if (health === undefined || health.state === 'draining') return [];
    return [{ target, subject, intendedAt: observation.askedAt, registeredAt: observation.askedAt - 1 }];
  });
}

/** Entries whose targets ELB does not have any more, or is draining. */
function left({ ledger, observation }: PlanInput): string[] {
  if (observation === undefined) return [];
  return [...(ledger ?? [])]
    .filter(([key, { registeredAt = 0 }]) => {
      const state = observation.targets.get(key)?.state;
      return registeredAt <= observation.askedAt && (state === undefined || state === 'draining');
    })
    .map(([key]) => key);
}

interface PlannedChange {
  readonly change: 'register' | 'deregister' | 'open-gate' | 'close-gate';
  readonly of: string;
}

function changesOf({ actions }: Plan, gate: string): ReadonlyMap<string, PlannedChange> {
  const changes = actions.flatMap((action): PlannedChange[] => {
    switch (action.kind) {
      case 'register':
        return action.targets.map(({ target }) => ({ change: 'register', of: targetKey(target) }));
      case 'deregister':
        return action.removals.map(({ target }) => ({ change: 'deregister', of: targetKey(target) }));
      case 'set-condition': {
        const opens = action.condition.status === 'True';
        // What a gate says of why it is open, or closed, is in each controller's own words.
        if (opens === isTrue(action.pod, gate)) return [];
        return [{ change: opens ? 'open-gate' : 'close-gate', of: action.pod.name }];
      }
      case 'hand-over':
      case 'confirm':
      case 'release':
        return [];
    }
  });
  return new Map(changes.map((change) => [`${change.change} ${change.of}`, change]));
}
