import { conditionOf, isTrue, type Pod } from '@targetgate/shared/model';
import { isUnproven } from './unproven.ts';

/**
 * What keeps a pod from being a healthy target of the binding that has this gate, in a few words; undefined where it is
 * one. The first row that applies.
 *
 * | gate | node | ContainersReady | gate's condition         | all gates | Ready    | obstacle                 |
 * | ---- | ---- | --------------- | ------------------------ | --------- | -------- | ------------------------ |
 * |      | none |                 |                          |           |          | waits for a node         |
 * | no   | yes  |                 |                          |           | not True | is not Ready             |
 * | no   | yes  |                 |                          |           | True     | none                     |
 * | yes  | yes  | not True        |                          |           |          | containers are not ready |
 * | yes  | yes  | True            | not True                 |           |          | its reason               |
 * | yes  | yes  | True            | True, no proof of health |           |          | its reason               |
 * | yes  | yes  | True            | True                     | True      | not True | its node does not answer |
 * | yes  | yes  | True            | True                     | True      | True     | none                     |
 * | yes  | yes  | True            | True                     | one not   |          | none                     |
 *
 * The gate alone does not say it: by the policy `latch` it stays open, and so do some below the floor, whatever becomes of
 * the containers. Of a node that does not answer the node controller sets Ready alone to False
 * (k8s.io/kubernetes/pkg/controller/util/node/controller_utils.go, MarkPodsNotReady); all else stays as it was.
 */
export function obstacleOf(pod: Pod, gate: string): string | undefined {
  if (pod.nodeName === '') return 'waits for a node';
  if (!pod.gates.includes(gate)) return isTrue(pod, 'Ready') ? undefined : 'is not Ready';
  if (!isTrue(pod, 'ContainersReady')) return 'its containers are not ready';
  const { status, reason = '' } = conditionOf(pod, gate) ?? {};
  if (status !== 'True') return reason || 'is not registered yet';
  if (isUnproven(reason)) return reason;
  const shouldBeReady = pod.gates.every((each) => isTrue(pod, each));
  return shouldBeReady && !isTrue(pod, 'Ready') ? 'is not Ready, as if its node did not answer' : undefined;
}

/**
 * Whether requests may come to a pod by the binding that has this gate. That is less than health: a load balancer whose
 * targets are all unhealthy sends to them all, and one that nobody could ask goes on sending.
 */
export const mayServe = (pod: Pod, gate: string): boolean =>
  pod.gates.includes(gate) ? isTrue(pod, 'ContainersReady') && isTrue(pod, gate) : isTrue(pod, 'Ready');
