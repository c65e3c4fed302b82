import type { Pod } from '@targetgate/shared/model';
import type { Target } from '@targetgate/shared/resolve';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { GateCondition } from './input.ts';

/** Why a target is taken out of its group. */
export type RemovalCause =
  | 'pod-gone'
  | 'pod-terminating'
  | 'pod-finished'
  | 'not-ready'
  | 'not-selected'
  | 'target-changed'
  | 'binding-deleted';

export interface Registering {
  readonly target: Target;
  readonly pod: Pod;
}

export interface Removal {
  readonly entry: LedgerEntry;
  readonly cause: RemovalCause;
}

/** A removal that is not carried out now, and what it waits for. */
export interface HeldRemoval extends Removal {
  readonly until: string;
}

/** A change to make. The lists of a plan stand in the order of urgency. */
export type Action =
  | { readonly kind: 'deregister'; readonly removals: readonly Removal[] }
  | { readonly kind: 'register'; readonly targets: readonly Registering[] }
  | { readonly kind: 'set-condition'; readonly pod: Pod; readonly condition: GateCondition }
  /** Another binding of the same group goes on with these targets: they leave our ledger, and stay registered. */
  | { readonly kind: 'hand-over'; readonly entries: readonly LedgerEntry[] }
  /** The binding's own end: its targets are gone, its gates open, the finalizer can go. */
  | { readonly kind: 'release'; readonly abandoned: readonly LedgerEntry[] };

/** What to do now, what is held and why, and when to look at the target group next (epoch ms; undefined: no need). */
export interface Plan {
  readonly actions: readonly Action[];
  readonly held: readonly HeldRemoval[];
  readonly lookAt: number | undefined;
}
