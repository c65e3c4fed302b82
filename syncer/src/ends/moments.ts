import type { PodEnd } from '@targetgate/shared/model';
import { slackSeconds } from '@targetgate/shared/termination';
import type { End } from './end.ts';
import { after, exactly, firstOf, withinSecondOf, type Span } from './span.ts';

/** The moments that an end is judged by. */
export interface Moments {
  /** When its first container gets SIGTERM; undefined where nobody deleted the pod. */
  readonly sigterm: Span | undefined;
  /** When it began to serve no more: SIGTERM, or what came before that. */
  readonly stopped: Span;
  /** From when on nothing is sent to it any more. */
  readonly safe: Span;
}

/** What is known of them at a time (epoch ms). */
export function momentsOf(end: End, now: number): Moments {
  const { pod, deleted, graceSeconds, cutShortAt = 0 } = end;
  const planned = deleted && after(deleted, timeToSigterm(pod.end, graceSeconds));
  // A second deletion counts the grace period from the first one, and may find it over already.
  const sigterm = planned && {
    from: Math.max(planned.from, cutShortAt),
    to: Math.max(planned.to, cutShortAt),
  };
  return { sigterm, stopped: stoppedAt(end, sigterm), safe: safeAt(end, now) };
}

/** From a deletion to the first SIGTERM, in milliseconds: preStop hooks run within the grace period. */
export function timeToSigterm({ containers }: PodEnd, graceSeconds: number): Span {
  const known = containers.flatMap(({ preStop }) =>
    preStop.kind === 'other' ? [] : [preStop.kind === 'sleep' ? preStop.seconds : 0],
  );
  const longest = Math.min(graceSeconds, ...known) * 1_000;
  const isKnown = known.length === containers.length;
  return { from: isKnown ? longest : 0, to: longest };
}

function stoppedAt({ pod, seenAt, deleted, nodeLostAt, goneAt }: End, sigterm: Span | undefined): Span {
  const ended = pod.containerEndedAt === undefined ? undefined : withinSecondOf(pod.containerEndedAt);
  // A container that had done its work before is none that serves.
  const ofThisEnd = ended && (deleted === undefined || ended.to >= deleted.from) ? ended : undefined;
  const seen = [ofThisEnd, ...[goneAt, nodeLostAt].map((at) => (at === undefined ? undefined : exactly(at)))];
  return seen.filter((moment) => moment !== undefined).reduce(firstOf, sigterm ?? exactly(goneAt ?? seenAt));
}

function safeAt({ need, deregistered }: End, now: number): Span {
  const waitMs = waitOf(need);
  const { from, to } = deregistered ?? { from: now, to: Infinity };
  return { from: from + waitMs, to: need.unknown === undefined ? to + waitMs : Infinity };
}

/** How long after DeregisterTargets the load balancer may need the pod, in milliseconds. */
export const waitOf = ({ seconds }: End['need']): number => (seconds - slackSeconds) * 1_000;
