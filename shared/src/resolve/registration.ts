import { isTrue, type Pod } from '../model/index.ts';
import { isTargetHealthGate } from '../names.ts';

/** Whether a pod belongs into its target group now. */
export type Registration = 'wanted' | 'not-ready' | 'leaving';

/**
 * The rule of registration.
 *
 * | terminating or finished | has the gate | ContainersReady | others' gates | Ready | registration |
 * | ----------------------- | ------------ | --------------- | ------------- | ----- | ------------ |
 * | yes                     |              |                 |               |       | leaving      |
 * | no                      | yes          | True            | all True      |       | wanted       |
 * | no                      | yes          | otherwise                               | | not-ready  |
 * | no                      | no           |                 |               | True  | wanted       |
 * | no                      | no           |                 |               | else  | not-ready    |
 *
 * Health gates of other bindings do not count as others' gates: two bindings of one pod would wait for each other.
 */
export function registrationOf(pod: Pod, gate: string): Registration {
  if (pod.deletesAt !== undefined || pod.finished) return 'leaving';
  const ready = pod.gates.includes(gate)
    ? isTrue(pod, 'ContainersReady') && othersGatesOf(pod).every((other) => isTrue(pod, other))
    : isTrue(pod, 'Ready');
  return ready ? 'wanted' : 'not-ready';
}

const othersGatesOf = (pod: Pod): readonly string[] => pod.gates.filter((gate) => !isTargetHealthGate(gate));
