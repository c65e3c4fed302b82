import { stays, type Pod } from '@targetgate/shared/model';
import { obstacleOf } from './obstacle.ts';

/** Whether a pod was let go just now: it may not look like it yet, and have no replacement yet. */
export type IsLeaving = (pod: Pod) => boolean;

/**
 * Why another pod is waited for; undefined where it is not. The first row that applies.
 *
 * | has just begun to leave | terminates | has finished | owner       | healthy | awaited            |
 * | ----------------------- | ---------- | ------------ | ----------- | ------- | ------------------ |
 * | yes                     |            |              |             |         | its replacement is |
 * | no                      | no         | no           |             | no      | it is              |
 * | no                      | no         | no           |             | yes     | no                 |
 * | no                      | yes        | no           | StatefulSet |         | its successor is   |
 * | no                      | otherwise  |              |             |         | no                 |
 *
 * A ReplicaSet makes the replacement as soon as a pod terminates, a StatefulSet only when the pod is gone: no two may have
 * one name (k8s.io/kubernetes/pkg/controller/statefulset/stateful_set_control.go).
 */
export function awaitedFor(other: Pod, gate: string, isLeaving: IsLeaving): string | undefined {
  if (isLeaving(other)) return 'has just begun to leave';
  if (stays(other)) return obstacleOf(other, gate);
  const holdsItsName = other.owner?.kind === 'StatefulSet' && !other.finished;
  return holdsItsName ? 'terminates; its successor comes when it is gone' : undefined;
}
