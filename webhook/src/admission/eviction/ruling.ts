import { stays } from '@targetgate/shared/model';
import type { Clock } from '@targetgate/shared/runtime';
import { createDepartures } from './departures.ts';
import { createMemory } from './memory.ts';
import { objectionTo, type Objection } from './objection.ts';
import type { Standing } from './standing.ts';

/** What is answered to an eviction. Times are epoch milliseconds. */
export type EvictionRuling =
  | { readonly kind: 'allowed' }
  /** `until`: from then on it is let go all the same, in turn with others that are overdue. */
  | { readonly kind: 'refused'; readonly objection: Objection; readonly until: number }
  /** Refused since then, and let go in spite of the objection. */
  | { readonly kind: 'overdue'; readonly objection: Objection; readonly since: number }
  /** Let go unchecked. */
  | Extract<Standing, { readonly kind: 'unknown' }>;

/** Rules on one eviction after another. A dry run gets the ruling of a real one, and leaves no trace. */
export type Judge = (standing: Standing, options: { readonly dryRun: boolean }) => EvictionRuling;

/**
 * A drain that goes on asks at least every 20 s or so (docs/evictions.md). What was not asked for longer has been given up:
 * a later drain begins anew.
 */
const drainMs = 120_000;

/**
 * Makes a judge that refuses while there is an objection, but no pod for much longer than the deadline.
 *
 * | standing    | objection | first refused            | another of a binding was let go | ruling  |
 * | ----------- | --------- | ------------------------ | ------------------------------- | ------- |
 * | unknown     |           |                          |                                 | unknown |
 * | no such pod |           |                          |                                 | allowed |
 * | known       | none      |                          |                                 | allowed |
 * | known       | one       | less than a deadline ago |                                 | refused |
 * | known       | one       | a deadline ago           | in the last minute              | refused |
 * | known       | one       | a deadline ago           | before, or never                | overdue |
 *
 * So no drain hangs for ever, and the overdue pods of a binding leave one by one.
 */
export function createJudge({ clock, deadlineMs }: { clock: Pick<Clock, 'now'>; deadlineMs: number }): Judge {
  const refused = createMemory({ clock, keepMs: drainMs });
  const departures = createDepartures(clock);

  function rule({ pod, bindings, nodeEmpties }: KnownStanding): EvictionRuling {
    const { isLeaving } = departures;
    const objection = objectionTo({ pod, bindings, nodeEmpties, isLeaving });
    if (objection === undefined) return { kind: 'allowed' };
    const now = clock.now();
    const since = refused.since(pod.uid) ?? now;
    const until = since + deadlineMs;
    const mustWait = now < until || departures.isTurnOfAnother(pod, bindings);
    return mustWait ? { kind: 'refused', objection, until } : { kind: 'overdue', objection, since };
  }

  return (standing, { dryRun }) => {
    if (standing.kind === 'unknown') return standing;
    if (standing.kind === 'no-such-pod') return { kind: 'allowed' };
    const ruling = rule(standing);
    if (dryRun) return ruling;
    const { pod, bindings } = standing;
    if (ruling.kind !== 'allowed') refused.note(pod.uid);
    if (ruling.kind !== 'refused' && stays(pod)) departures.note(pod, bindings);
    return ruling;
  };
}

type KnownStanding = Extract<Standing, { readonly kind: 'known' }>;
