import type { Pod } from '@targetgate/shared/model';
import { obstacleOf } from './obstacle.ts';

/** A binding that selects a pod, with all the pods that it selects. */
export interface BoundPods {
  /** The binding's name. */
  readonly binding: string;
  /** Its gate's condition type. */
  readonly gate: string;
  readonly pods: readonly Pod[];
}

/** A pod that is to become a healthy target, and what keeps it from being one. */
export interface AwaitedPod {
  readonly name: string;
  readonly obstacle: string;
}

/** Why a pod should not leave now. */
export interface Objection {
  readonly rule: 'last_healthy' | 'replacement_unhealthy';
  /** The name of the binding whose group would suffer. */
  readonly binding: string;
  /** In the order of the list that they came in; empty where nothing is on its way. */
  readonly awaited: readonly AwaitedPod[];
}

/** What is known of the pod to be evicted. */
export interface EvictionCase {
  readonly pod: Pod;
  /** In the order of their names. */
  readonly bindings: readonly BoundPods[];
  /** Whether the pod with a uid was let go just now: it may not look like it yet, and have no replacement yet. */
  readonly isLeaving: (uid: string) => boolean;
}

/**
 * The first objection of the pod's bindings to its eviction. For each binding, the first row that applies:
 *
 * | the pod                 | healthy here | of the others                                       | objection             |
 * | ----------------------- | ------------ | --------------------------------------------------- | --------------------- |
 * | terminating or finished |              |                                                     | none                  |
 * | stays                   | no           |                                                     | none                  |
 * | stays                   | yes          | none stays and is healthy                           | last_healthy          |
 * | stays                   | yes          | one stays and is not healthy, or was let go just now | replacement_unhealthy |
 * | stays                   | yes          | all that stay are healthy                           | none                  |
 *
 * A pod that is not healthy protects nobody. Whether an unhealthy one is a replacement or was there before makes no
 * difference: with each more that leaves, fewer carry the load.
 */
export function objectionTo({ pod, bindings, isLeaving }: EvictionCase): Objection | undefined {
  if (!stays(pod)) return undefined;
  for (const { binding, gate, pods } of bindings) {
    if (obstacleOf(pod, gate) !== undefined) continue;
    const obstacles = pods
      .filter(({ uid }) => uid !== pod.uid)
      .filter((other) => stays(other) || isLeaving(other.uid))
      .map((other) => ({
        name: other.name,
        obstacle: isLeaving(other.uid) ? 'has just been let go' : obstacleOf(other, gate),
      }));
    const awaited = obstacles.filter((other): other is AwaitedPod => other.obstacle !== undefined);
    if (awaited.length === obstacles.length) return { rule: 'last_healthy', binding, awaited };
    if (awaited.length > 0) return { rule: 'replacement_unhealthy', binding, awaited };
  }
  return undefined;
}

/** A pod that neither terminates nor has finished. */
export const stays = ({ deletesAt, finished }: Pod): boolean => deletesAt === undefined && !finished;
