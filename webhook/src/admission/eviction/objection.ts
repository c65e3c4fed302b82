import { stays, type Pod } from '@targetgate/shared/model';
import { awaitedFor, type IsLeaving } from './awaited.ts';
import { mayServe } from './obstacle.ts';

/** A binding that selects a pod, with all the pods that it selects. */
export interface BoundPods {
  /** The binding's name. */
  readonly binding: string;
  /** Its gate's condition type. */
  readonly gate: string;
  /** In the order of their names. */
  readonly pods: readonly Pod[];
}

/** A pod that is waited for, and why. */
export interface AwaitedPod {
  readonly name: string;
  readonly obstacle: string;
}

/** Why a pod should not leave now. */
export interface Objection {
  readonly rule: 'last_healthy' | 'replacement_unhealthy' | 'not_its_turn';
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
  /** The pod's node is being emptied: whoever does that wants all of its pods gone. */
  readonly nodeEmpties: boolean;
  readonly isLeaving: IsLeaving;
}

/**
 * The first objection of the pod's bindings to its eviction. For each binding, the first row that applies:
 *
 * | the pod                 | may serve here | of the others                                             | objection             |
 * | ----------------------- | -------------- | --------------------------------------------------------- | --------------------- |
 * | terminating or finished |                |                                                           | none                  |
 * | stays                   | no             |                                                           | none                  |
 * | stays                   | yes            | none stays and is healthy                                 | last_healthy          |
 * | stays                   | yes            | one is awaited (awaited.ts)                               | replacement_unhealthy |
 * | stays                   | yes            | a healthy one comes first on a node that is being emptied | not_its_turn          |
 * | stays                   | yes            | otherwise                                                 | none                  |
 *
 * A pod that serves nobody protects nobody. Whether an unhealthy one is a replacement or was there before makes no
 * difference: with each more that leaves, fewer carry the load.
 *
 * The last rule is for replicas of this program that are asked at the same moment: none knows what another lets go, but
 * all read the same names.
 */
export function objectionTo({ pod, bindings, ...circumstances }: EvictionCase): Objection | undefined {
  if (!stays(pod)) return undefined;
  for (const bound of bindings) {
    if (!mayServe(pod, bound.gate)) continue;
    const objection = objectionOf(bound, pod, circumstances);
    if (objection !== undefined) return objection;
  }
  return undefined;
}

function objectionOf(
  { binding, gate, pods }: BoundPods,
  pod: Pod,
  { nodeEmpties, isLeaving }: Pick<EvictionCase, 'nodeEmpties' | 'isLeaving'>,
): Objection | undefined {
  const others = pods.filter(({ uid }) => uid !== pod.uid);
  const seen = others.map((other) => ({ other, obstacle: awaitedFor(other, gate, isLeaving) }));
  const awaited = seen.flatMap(({ other: { name }, obstacle }) =>
    obstacle === undefined ? [] : [{ name, obstacle }],
  );
  const healthy = seen
    .filter(({ other, obstacle }) => stays(other) && obstacle === undefined)
    .map(({ other }) => other);
  if (healthy.length === 0) return { rule: 'last_healthy', binding, awaited };
  if (awaited.length > 0) return { rule: 'replacement_unhealthy', binding, awaited };
  const before = nodeEmpties ? healthy.filter((other) => leavesBefore(other, pod)) : [];
  if (before.length === 0) return undefined;
  const obstacle = `on ${pod.nodeName}`;
  return { rule: 'not_its_turn', binding, awaited: before.map(({ name }) => ({ name, obstacle })) };
}

/** Owners of pods that nobody evicts: they would come back to the very node. */
const stayers: ReadonlySet<string> = new Set(['DaemonSet', 'Node']);

const leavesBefore = (other: Pod, pod: Pod): boolean =>
  other.nodeName === pod.nodeName && other.name < pod.name && !stayers.has(other.owner?.kind ?? '');
