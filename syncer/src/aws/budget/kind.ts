import type { Urgency } from '../../sync/turns.ts';

/** ELB counts calls that change something apart from those that do not. */
export type Kind = 'mutating' | 'non-mutating';

/** What a call of each urgency counts as, and whether the calls that go first need something left over for them. */
export const kindOf: Readonly<Record<Urgency, { readonly kind: Kind; readonly leavesReserve: boolean }>> = {
  deregister: { kind: 'mutating', leavesReserve: false },
  register: { kind: 'mutating', leavesReserve: true },
  awaited: { kind: 'non-mutating', leavesReserve: false },
  routine: { kind: 'non-mutating', leavesReserve: true },
};

/**
 * Calls a second to begin with. For calls that change nothing it is half of what AWS allows an account in a region, as
 * other tools share that: a bucket of 40, and 10 a second ("Request throttling for the ELB API" in the ELB user guide).
 * AWS allows fewer of the others, and so does this.
 */
export const startingPerSecond: Readonly<Record<Kind, number>> = { mutating: 2.5, 'non-mutating': 5 };

/** A bucket holds what comes in within this time, in seconds; AWS's own does. */
export const bucketSeconds = 4;

/**
 * What the less urgent leave in the bucket is what comes in within this time, in seconds: a quarter of it. The pods of
 * one binding that are deleted at once share a call, so a reserve of 2 or 3 tokens is one for as many bindings as a
 * rollout or the drain of a node tends to hit in an instant; and one that was used up holds registrations back for a
 * second.
 */
export const reserveSeconds = 1;
