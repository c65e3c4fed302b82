import type { ContainerEnd, PodEnd } from '../model/index.ts';

/** What of a pod's spec keeps its end from outlasting the drain. All empty: nothing does. */
export interface Shortcomings {
  /** Containers that get SIGTERM too early: without a hook, or with one that is known to be too short. */
  readonly tooShort: readonly ContainerEnd[];
  /** Containers and sidecars with a hook of which nobody here knows how long it takes, and what then still serves. */
  readonly unknown: readonly ContainerEnd[];
  /** The kubelet's patience ends before the hooks do. */
  readonly graceTooShort: boolean;
}

/**
 * Compares a pod's end with the sleep that it needs, in seconds.
 *
 * | a container's hook     | is        |
 * | ---------------------- | --------- |
 * | none                   | too short |
 * | sleeps less            | too short |
 * | sleeps as long         | fine      |
 * | does something else    | unknown   |
 *
 * A sidecar outlives the containers whatever its hook does, but a hook may end its service (Envoy's, for example): only
 * one of unknown length is of interest.
 *
 * The grace period must be longer than what is needed, and than every sleep: preStop hooks take place within it, and what
 * is left of it is all that an application has to stop in.
 */
export function shortcomingsOf(
  { graceSeconds, containers, sidecars }: PodEnd,
  neededSeconds: number,
): Shortcomings {
  const longest = Math.max(neededSeconds, ...containers.map(secondsOf));
  return {
    tooShort: containers.filter(
      (container) => container.preStop.kind !== 'other' && secondsOf(container) < neededSeconds,
    ),
    unknown: [...containers, ...sidecars].filter(({ preStop }) => preStop.kind === 'other'),
    graceTooShort: graceSeconds <= longest,
  };
}

const secondsOf = ({ preStop }: ContainerEnd): number => (preStop.kind === 'sleep' ? preStop.seconds : 0);
