import type { ContainerEnd, PodEnd } from '@targetgate/shared/model';

/**
 * How a pod ends when each of its containers without a hook sleeps for so many seconds before SIGTERM.
 *
 * All of them sleep, whether they serve the target or not: they stop side by side, and what stands behind a proxy, or
 * serves it secrets or logs, must outlive it. Sidecars (init containers that restart always) are not among them: their
 * hooks run at once, but their SIGTERM waits until all others have ended (kubelet 1.36, killContainer: waitForTurn), so
 * they need none.
 *
 * | some container has no hook | the grace is longer than its own sleeps | containers without a hook | the grace |
 * | -------------------------- | --------------------------------------- | ------------------------- | --------- |
 * | yes                        |                                         | sleep                     | fits      |
 * | no                         | no                                      |                           | fits      |
 * | no                         | yes                                     |                           | stays     |
 *
 * A pod that stays as it is gives the very same value.
 */
export function injectedEnd(end: PodEnd, seconds: number): PodEnd {
  if (!end.containers.some(hasNoHook) && end.graceSeconds > longestSleepOf(end)) return end;
  const containers = end.containers.map((container) =>
    hasNoHook(container) ? { ...container, preStop: { kind: 'sleep' as const, seconds } } : container,
  );
  return { ...end, containers, graceSeconds: graceFor(end, longestSleepOf({ containers })) };
}

const hasNoHook = ({ preStop }: ContainerEnd): boolean => preStop.kind === 'none';

/** What the kubelet leaves a container at least when its hook has used up the grace period (1.36: killContainer). */
const leastOwnSeconds = 2;

/**
 * The grace period that leaves an application the time it has now, when preStop takes so many seconds. Its own time is
 * what its pod has beyond its longest known sleep; all of the grace period, where that leaves nothing. Never shorter than
 * it was.
 */
export function graceFor(end: PodEnd, sleepSeconds: number): number {
  const beyondSleep = end.graceSeconds - longestSleepOf(end);
  const own = Math.max(leastOwnSeconds, beyondSleep > 0 ? beyondSleep : end.graceSeconds);
  return Math.max(end.graceSeconds, Math.ceil(sleepSeconds + own));
}

/** The longest sleep of a pod's containers that is known, in seconds: 0 without any. */
export const longestSleepOf = ({ containers }: Pick<PodEnd, 'containers'>): number =>
  Math.max(0, ...containers.map(({ preStop }) => (preStop.kind === 'sleep' ? preStop.seconds : 0)));
