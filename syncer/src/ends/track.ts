import type { Pod } from '@targetgate/shared/model';
import type { Subject } from '@targetgate/shared/resolve';
import type { NeededSleep } from '@targetgate/shared/termination';
import type { Ledger, LedgerEntry } from '../ledger/ledger.ts';
import type { End, EndVerdict } from './end.ts';
import { lookAgain, unseen, type Followed } from './followed.ts';
import { inheritedEnds } from './inherited.ts';
import { waitOf } from './moments.ts';
import { sightOf, type RoundSight } from './sight.ts';
import { underWay, type EndUnderWay } from './under-way.ts';
import { judge, judgedAt } from './verdict.ts';

/** An end, judged once and for all. */
export interface JudgedEnd {
  readonly subject: Subject;
  /** Undefined where nobody has seen the pod. */
  readonly pod: Pod | undefined;
  readonly verdict: EndVerdict;
}

/** What a round shows, and what pods need. */
export interface TrackedRound extends RoundSight {
  /** Undefined until it was read. */
  readonly ledger: Ledger | undefined;
  readonly needOf: (pod: Pod) => NeededSleep;
}

/** The ends of a binding's pods, as of a round. */
export interface TrackedEnds {
  /** Those that can be judged now. */
  readonly judged: readonly JudgedEnd[];
  readonly underWay: readonly EndUnderWay[];
  /** When the next one can be judged (epoch ms); undefined where none is waited for. */
  readonly againAt: number | undefined;
}

/** Follows the pods behind a binding's targets to their ends. */
export interface EndTracker {
  follow(round: TrackedRound): TrackedEnds;
  /** Gives up: nobody will see the rest of what is under way. */
  abandon(): readonly JudgedEnd[];
}

/** `startedAt`: since when this program has worked for the binding (epoch ms). */
export function createEndTracker(startedAt: number): EndTracker {
  const followed = new Map<string, Followed>();
  let hasInherited = false;

  /** Takes up the pods of the ledger, and once the ends that a program before this one has left. */
  function takeUp(entries: ReadonlyMap<string, LedgerEntry>, { input, skewMs }: TrackedRound): void {
    for (const [uid, { subject }] of entries) if (!followed.has(uid)) followed.set(uid, unseen(subject));
    if (hasInherited || input.observation === undefined) return;
    hasInherited = true;
    for (const one of inheritedEnds({ input, skewMs }, startedAt)) {
      if (!followed.has(one.subject.uid)) followed.set(one.subject.uid, one);
    }
  }

  /** A target that outlived its pod while no program ran: whatever was sent to it failed. */
  function leftBehind({ goneAt }: Followed, entry: LedgerEntry | undefined): EndVerdict | undefined {
    if (goneAt === undefined || entry?.registeredAt === undefined) return undefined;
    return entry.registeredAt < startedAt ? { outcome: 'unsafe', cause: 'syncer-late' } : undefined;
  }

  return {
    follow: (round) => {
      if (round.ledger === undefined) return { judged: [], underWay: [], againAt: undefined };
      const { now } = round.input;
      const entries = podEntriesOf(round.ledger);
      takeUp(entries, round);

      const judged: JudgedEnd[] = [];
      const ends: End[] = [];
      for (const [uid, before] of followed) {
        const entry = entries.get(uid);
        const one = lookAgain(before, sightOf(before, entry, round));
        if (entry === undefined && hasLeft(one, before.end !== undefined, round)) {
          followed.delete(uid);
          continue;
        }
        const end = endOf(one, round);
        const verdict = one.isJudged ? undefined : end ? verdictOn(end, now) : leftBehind(one, entry);
        if (verdict) judged.push({ subject: one.subject, pod: one.pod, verdict });
        const known = verdict ? { ...one, isJudged: true } : one;
        if (end && !isOver(known)) ends.push(end);
        if (known.isJudged && known.goneAt !== undefined && entry === undefined) followed.delete(uid);
        else followed.set(uid, known);
      }
      const times = ends.map((end) => judgedAt(end, now)).filter((at) => at > now);
      return {
        judged,
        underWay: ends.map((end) => underWay(end, now)),
        againAt: times.length > 0 ? Math.min(...times) : undefined,
      };
    },

    abandon: () => {
      const left = [...followed.values()].filter(({ end, isJudged }) => end !== undefined && !isJudged);
      followed.clear();
      return left.map(({ subject, pod, wasInService }) => ({
        subject,
        pod,
        verdict: wasInService ? { outcome: 'unknown', cause: 'unseen' } : { outcome: 'safe' },
      }));
    },
  };
}

const verdictOn = (end: End, now: number): EndVerdict | undefined =>
  judgedAt(end, now) <= now ? judge(end, now) : undefined;

const podEntriesOf = (ledger: Ledger): ReadonlyMap<string, LedgerEntry> =>
  new Map(
    [...ledger.values()]
      .filter(({ subject }) => subject.kind === 'pod')
      .map((entry) => [entry.subject.uid, entry]),
  );

const endOf = ({ pod, end, ...known }: Followed, { needOf }: TrackedRound): End | undefined =>
  pod && end && { ...known, ...end, pod, need: needOf(pod) };

/** Whether nothing more is to come: a pod that has failed may stay in the API for ever. */
const isOver = ({ isJudged, goneAt, pod }: Followed): boolean =>
  isJudged && (goneAt !== undefined || pod?.finished === true);

/**
 * Whether a pod without a target has nothing more to do with its group: its target has become another binding's, or left
 * so long ago that nothing was sent to the pod any more when its end began, or when its node was lost.
 */
function hasLeft(
  { pod, deregistered, nodeLostAt = Infinity }: Followed,
  wasEnding: boolean,
  { needOf, input }: TrackedRound,
): boolean {
  if (deregistered === undefined || pod === undefined) return true;
  const leftAt = deregistered.to + waitOf(needOf(pod));
  return !wasEnding && Math.min(input.now, nodeLostAt) >= leftAt;
}
