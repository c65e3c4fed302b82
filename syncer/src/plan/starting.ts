import { conditionOf } from '@targetgate/shared/model';
import type { PlanInput } from './input.ts';

/** Containers that have not been ready for longer than this, in milliseconds, may never be. */
const startsWithinMs = 120_000;

/** Whether pods of the binding are on their way to be ready: they are not, and have not been so for long. */
export const isSomeoneStarting = ({ resolution, now }: Pick<PlanInput, 'resolution' | 'now'>): boolean =>
  (resolution.candidates ?? []).some(({ registration, pod }) => {
    if (registration !== 'not-ready' || pod === undefined) return false;
    // A pod without conditions was made just now: no kubelet has seen it.
    return now - (conditionOf(pod, 'ContainersReady')?.changedAt ?? now) < startsWithinMs;
  });
