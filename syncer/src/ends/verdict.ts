import { causeOf } from './cause.ts';
import type { End, EndVerdict } from './end.ts';
import { momentsOf } from './moments.ts';

/**
 * Whether a pod served until nothing was sent to it any more.
 *
 * | was ever in service | it stopped              | verdict                           |
 * | ------------------- | ----------------------- | --------------------------------- |
 * | no                  |                         | safe: it was never sent a request |
 * | yes                 | certainly not too early | safe                              |
 * | yes                 | certainly too early     | unsafe, and why (cause.ts)        |
 * | yes                 | perhaps too early       | unknown, and what is not known    |
 *
 * The margin is from the moment that was safe to the moment it stopped, in seconds: the part of it that is certain.
 */
export function judge(end: End, now: number): EndVerdict {
  if (!end.wasInService) return { outcome: 'safe' };
  const moments = momentsOf(end, now);
  const { stopped, safe, sigterm } = moments;
  if (stopped.from >= safe.to) return { outcome: 'safe', marginSeconds: (stopped.from - safe.to) / 1_000 };
  if (stopped.to < safe.from) {
    const marginSeconds = (stopped.to - safe.from) / 1_000;
    return { outcome: 'unsafe', cause: causeOf(end, moments, now), marginSeconds };
  }
  if (end.need.unknown !== undefined) return { outcome: 'unknown', cause: 'drain-unknown' };
  const isHookKnown = sigterm === undefined || end.pod.end.containers.every(isKnown);
  return { outcome: 'unknown', cause: isHookKnown ? 'unseen' : 'hook-unknown' };
}

const isKnown = ({ preStop }: End['pod']['end']['containers'][number]): boolean => preStop.kind !== 'other';

/** When an end can be judged (epoch ms): when the pod has stopped, as far as is known by now. */
export const judgedAt = (end: End, now: number): number => momentsOf(end, now).stopped.to;
