import type { Clock } from '@targetgate/shared/runtime';
import { createMemory } from './memory.ts';
import { objectionTo, stays, type Objection } from './objection.ts';
import type { Standing } from './standing.ts';

/** What is answered to an eviction. Times are epoch milliseconds. */
export type EvictionRuling =
  | { readonly kind: 'allowed' }
  /** `until`: when it is let go if nothing changes. */
  | { readonly kind: 'refused'; readonly objection: Objection; readonly until: number }
  /** Refused since then, and let go in spite of the objection. */
  | { readonly kind: 'overdue'; readonly objection: Objection; readonly since: number }
  /** Let go unchecked. */
  | Extract<Standing, { readonly kind: 'unknown' }>;

/** Rules on one eviction after another. A dry run gets the ruling of a real one, and leaves no trace. */
export type Judge = (standing: Standing, options: { readonly dryRun: boolean }) => EvictionRuling;

/**
 * For how long a pod that was let go counts as leaving. kubectl drain evicts all pods of a node at once, and a pod does not
 * terminate, let alone have a replacement, before its PodDisruptionBudget was asked too. If that refuses, the pod stays,
 * and soon counts again.
 */
const leavingMs = 5_000;

/** Tools ask again every few seconds: with a deadline shorter than that, no pod would ever be let go. */
const leastMemoryMs = 60_000;

/**
 * Makes a judge that refuses while there is an objection, but no pod for longer than the deadline. A first refusal is
 * forgotten when the pod was not asked about for as long as the deadline.
 *
 * | standing                   | objection | first refused      | ruling  |
 * | -------------------------- | --------- | ------------------ | ------- |
 * | unknown                    |           |                    | unknown |
 * | no such pod                |           |                    | allowed |
 * | known                      | none      |                    | allowed |
 * | known                      | one       | now, or not long ago | refused |
 * | known                      | one       | a deadline ago     | overdue |
 */
export function createJudge({ clock, deadlineMs }: { clock: Pick<Clock, 'now'>; deadlineMs: number }): Judge {
  const refused = createMemory({ clock, keepMs: Math.max(deadlineMs, leastMemoryMs) });
  const leaving = createMemory({ clock, keepMs: leavingMs });

  function rule({ pod, bindings }: KnownStanding): EvictionRuling {
    const isLeaving = (uid: string): boolean => leaving.since(uid) !== undefined;
    const objection = objectionTo({ pod, bindings, isLeaving });
    if (objection === undefined) return { kind: 'allowed' };
    const now = clock.now();
    const since = refused.since(pod.uid) ?? now;
    const until = since + deadlineMs;
    return now < until ? { kind: 'refused', objection, until } : { kind: 'overdue', objection, since };
  }

  return (standing, { dryRun }) => {
    if (standing.kind === 'unknown') return standing;
    if (standing.kind === 'no-such-pod') return { kind: 'allowed' };
    const ruling = rule(standing);
    if (dryRun) return ruling;
    const { pod } = standing;
    if (ruling.kind !== 'allowed') refused.note(pod.uid);
    if (ruling.kind !== 'refused' && stays(pod)) leaving.note(pod.uid);
    return ruling;
  };
}

type KnownStanding = Extract<Standing, { readonly kind: 'known' }>;
