import type { Pod } from '@targetgate/shared/model';
import type { Subject, Target } from '@targetgate/shared/resolve';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { GateCondition } from './input.ts';

/** Why a target is taken out of its group. */
export type RemovalCause =
  | 'pod-gone'
  | 'pod-terminating'
  | 'pod-finished'
  | 'node-gone'
  | 'node-leaving'
  | 'endpoint-gone'
  | 'endpoint-terminating'
  | 'not-ready'
  | 'not-selected'
  | 'target-changed'
  | 'service-gone'
  | 'binding-deleted'
  /** The target is healthy on the word of an earlier registration: it has to be checked anew. */
  | 'stale'
  | 'foreign';

export interface Registering {
  readonly target: Target;
  readonly subject: Subject;
}

/** A registration that is due. */
export interface DueRegistration extends Registering {
  /** Nobody has it, and a gate waits for its health: where ELB is found to call it healthy by now, it is planned again. */
  readonly unlessHealthy: boolean;
}

export interface Removal {
  readonly target: Target;
  /** Undefined for a target that is not ours. */
  readonly subject: Subject | undefined;
  readonly cause: RemovalCause;
}

/** A removal that is not carried out now, and what it waits for. */
export interface HeldRemoval extends Removal {
  readonly subject: Subject;
  readonly until: string;
}

/**
 * What the API server is asked before a gate opens: that the service does not select the pod; that there is no new
 * binding of the name, whose pods may be in the cache before it is.
 */
export type Ask = 'not-selected' | 'not-bound-anew';

/** A change to make. The lists of a plan stand in the order of urgency. */
export type Action =
  | { readonly kind: 'deregister'; readonly removals: readonly Removal[] }
  | { readonly kind: 'register'; readonly targets: readonly DueRegistration[] }
  /** `ask`: what the API server itself has to confirm first, as the caches may lag behind it. */
  | {
      readonly kind: 'set-condition';
      readonly pod: Pod;
      readonly condition: GateCondition;
      readonly ask?: Ask;
    }
  /** Another binding of the same group goes on with these targets: they leave our ledger, and stay registered. */
  | { readonly kind: 'hand-over'; readonly entries: readonly LedgerEntry[] }
  /** Subjects that vanished unseen: the API server is asked whether they are gone. */
  | { readonly kind: 'confirm'; readonly subjects: readonly Subject[] }
  /** The binding's own end: its targets are gone, its gates open, the finalizer can go. */
  | { readonly kind: 'release'; readonly abandoned: readonly LedgerEntry[] };

/** What to do now, what is held and why, and when there is something to do next. Times are epoch milliseconds. */
export interface Plan {
  readonly actions: readonly Action[];
  readonly held: readonly HeldRemoval[];
  /** When to look at the target group; undefined: no need. */
  readonly lookAt: number | undefined;
  /** When time alone changes the plan; undefined: never. */
  readonly againAt: number | undefined;
}
