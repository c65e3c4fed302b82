import type { RestartPolicy } from '../pod/pod.ts';

/** True where a container that ended by itself is started again. */
export const restarts = (policy: RestartPolicy, exitCode: number): boolean =>
  policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);

/** A kubelet sees the end of a container within a second. */
const soonMs = 500;
const firstMs = 10_000;
const lastMs = 300_000;

/** A container that ran this long starts its back-off anew. */
export const forgivenMs = 600_000;

/**
 * How long to wait before a container's next start, after `failures` ends in a row, in milliseconds. As a kubelet
 * does: `firstRestartMs` after the first, then 10 s, doubling up to 5 minutes.
 */
export const restartDelayMs = (failures: number, firstRestartMs = soonMs): number =>
  failures <= 1 ? firstRestartMs : Math.min(firstMs * 2 ** (failures - 2), lastMs);
