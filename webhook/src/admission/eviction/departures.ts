import { deletedAtOf, type Pod } from '@targetgate/shared/model';
import type { Clock } from '@targetgate/shared/runtime';
import type { IsLeaving } from './awaited.ts';
import { createMemory } from './memory.ts';
import type { BoundPods } from './objection.ts';
import { mayServe } from './obstacle.ts';

/** What pods have been let go, and when. */
export interface Departures {
  note(pod: Pod, bindings: readonly BoundPods[]): void;
  readonly isLeaving: IsLeaving;
  /** Whether a pod that is overdue has to wait, as another of one of its bindings was let go a short while ago. */
  isTurnOfAnother(pod: Pod, bindings: readonly BoundPods[]): boolean;
}

/**
 * For how long a pod that was let go counts as leaving. kubectl drain evicts all pods of a node at once, and a pod does not
 * terminate, let alone have a replacement, before its PodDisruptionBudget was asked too. If that refuses, the pod stays,
 * and soon counts again.
 */
const leavingMs = 5_000;

/** How far apart the overdue pods of a binding leave: pods that were refused together are overdue together. */
const turnMs = 60_000;

/**
 * For how long a pod that is let go again is not noted again. One that something else holds back, a PodDisruptionBudget
 * mostly, is asked about every few seconds: noted each time, it would keep its neighbours for as long as it stays.
 */
const notedMs = 120_000;

/** Remembers which pods this replica has let go. What has begun to terminate, every replica sees. */
export function createDepartures(clock: Pick<Clock, 'now'>): Departures {
  const letGo = createMemory({ clock, keepMs: notedMs });
  const turns = createMemory({ clock, keepMs: turnMs });
  const isRecent = (at: number | undefined): boolean => at !== undefined && clock.now() - at < leavingMs;

  return {
    note: (pod, bindings) => {
      if (letGo.since(pod.uid) !== undefined) return;
      letGo.note(pod.uid);
      // A pod that serves nobody is missed by nobody.
      const missedBy = bindings.filter(({ gate }) => mayServe(pod, gate));
      for (const { binding } of missedBy) turns.note(turnOf(pod, binding));
    },
    isLeaving: (pod) => isRecent(letGo.since(pod.uid)) || isRecent(deletedAtOf(pod)),
    isTurnOfAnother: (pod, bindings) =>
      letGo.since(pod.uid) === undefined &&
      bindings.some(({ binding }) => turns.since(turnOf(pod, binding)) !== undefined),
  };
}

const turnOf = ({ namespace }: Pod, binding: string): string => `${namespace}/${binding}`;
