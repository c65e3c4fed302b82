import { isTrue, stays, type Pod } from '../model/index.ts';
import { isTargetHealthGate } from '../names.ts';
import type { Registration } from './resolution.ts';

/** What decides besides the pod itself. */
export interface PodCircumstances {
  /** The service's publishNotReadyAddresses. */
  readonly publishesNotReady: boolean;
  /** The pod's node exists no more: nobody runs the pod, and nobody is left to say so in its status. */
  readonly nodeGone: boolean;
}

/**
 * The rule of registration; the first row that applies.
 *
 * | terminating or finished | node gone | publishes not ready | gate | the pod                             | registration |
 * | ----------------------- | --------- | ------------------- | ---- | ----------------------------------- | ------------ |
 * | yes                     |           |                     |      |                                     | leaving      |
 * | no                      | yes       |                     |      |                                     | not-ready    |
 * | no                      | no        | yes                 |      | has an address                      | wanted       |
 * | no                      | no        | yes                 |      | has none                            | not-ready    |
 * | no                      | no        | no                  | yes  | ContainersReady, others' gates True | wanted       |
 * | no                      | no        | no                  | yes  | otherwise                           | not-ready    |
 * | no                      | no        | no                  | no   | Ready                               | wanted       |
 * | no                      | no        | no                  | no   | otherwise                           | not-ready    |
 *
 * Health gates of other bindings do not count as others' gates: two bindings of one pod would wait for each other.
 */
export function registrationOf(
  pod: Pod,
  gate: string,
  { publishesNotReady, nodeGone }: PodCircumstances,
): Registration {
  if (!stays(pod)) return 'leaving';
  if (nodeGone) return 'not-ready';
  if (publishesNotReady) return pod.ips.length > 0 ? 'wanted' : 'not-ready';
  const ready = pod.gates.includes(gate)
    ? isTrue(pod, 'ContainersReady') && othersGatesOf(pod).every((other) => isTrue(pod, other))
    : isTrue(pod, 'Ready');
  return ready ? 'wanted' : 'not-ready';
}

const othersGatesOf = (pod: Pod): readonly string[] => pod.gates.filter((gate) => !isTargetHealthGate(gate));
