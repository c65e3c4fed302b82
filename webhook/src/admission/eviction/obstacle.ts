import { conditionOf, isTrue, type Pod } from '@targetgate/shared/model';

/**
 * What keeps a pod from being a healthy target of the binding that has this gate, in a few words; undefined where it is
 * one. The first row that applies.
 *
 * | gate | node | ContainersReady | gate's condition | Ready    | obstacle                  |
 * | ---- | ---- | --------------- | ---------------- | -------- | ------------------------- |
 * |      | none |                 |                  |          | waits for a node          |
 * | no   | yes  |                 |                  | not True | is not Ready              |
 * | no   | yes  |                 |                  | True     | none                      |
 * | yes  | yes  | not True        |                  |          | containers are not ready  |
 * | yes  | yes  | True            | not True         |          | its reason                |
 * | yes  | yes  | True            | True             |          | none                      |
 *
 * The gate alone does not say it: by the policy `latch` it stays open, and so do some below the floor, whatever becomes of
 * the containers.
 */
export function obstacleOf(pod: Pod, gate: string): string | undefined {
  if (pod.nodeName === '') return 'waits for a node';
  if (!pod.gates.includes(gate)) return isTrue(pod, 'Ready') ? undefined : 'is not Ready';
  if (!isTrue(pod, 'ContainersReady')) return 'its containers are not ready';
  if (isTrue(pod, gate)) return undefined;
  return conditionOf(pod, gate)?.reason || 'is not registered yet';
}
