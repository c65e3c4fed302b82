import type { Urgency } from '../../sync/turns.ts';
import type { Inflow } from './bucket.ts';

/** ELB counts calls that change something apart from those that do not. */
export type Kind = 'mutating' | 'non-mutating';

/** What a call of each urgency counts as, and whether the calls that go first need something left over for them. */
export const kindOf: Readonly<Record<Urgency, { readonly kind: Kind; readonly leavesReserve: boolean }>> = {
  deregister: { kind: 'mutating', leavesReserve: false },
  register: { kind: 'mutating', leavesReserve: true },
  awaited: { kind: 'non-mutating', leavesReserve: false },
  routine: { kind: 'non-mutating', leavesReserve: true },
};

/** What calls of a kind may come to. */
export interface Limits {
  /** To begin with. */
  readonly start: Inflow;
  /** No turn is given while this many calls are under way. */
  readonly mostUnderWay: number;
}

/**
 * The others start with half of what AWS allows an account in a region, as other tools share that: a bucket of 40, and 10
 * a second ("Request throttling for the ELB API" in the ELB user guide). Where AWS does not answer, 25
 * of them hang at the most.
 *
 * AWS does not say what it allows of those that change something. LBC takes 4 a second, in bursts of 20, by default
 * (LBC#2809).
 */
export const limitsOf: Readonly<Record<Kind, Limits>> = {
  mutating: { start: { perSecond: 4, capacity: 20 }, mostUnderWay: Infinity },
  'non-mutating': { start: { perSecond: 5, capacity: 20 }, mostUnderWay: 25 },
};

/**
 * The share of the bucket that the less urgent leave to the others, who always find one token at least. The pods of one
 * binding that are deleted at once share a call, so a reserve of 5 is one for as many bindings as a rollout or the drain
 * of a node tends to hit in an instant; and one that was used up holds registrations back for about a second.
 */
export const reserveShare = 1 / 4;

/**
 * The share of the budget for calls that others would share if they waited for them. It is enough for a rollout or three:
 * their pods become ready a few at once, and then one or two a second. Where many groups start together it is used up at
 * once, and each call waits for more targets.
 */
export const aloneShare = 1 / 4;
