import type { TargetKey } from '../../ledger/ledger.ts';
import {
  isReady,
  nodePort,
  type Kind,
  type Kinds,
  type ModelBinding,
  type ModelNode,
  type ModelPod,
} from './objects.ts';

/** What a binding selects and what stays: a pod, or a node. */
export interface Member {
  readonly uid: string;
  /** Where the load balancer should find it. */
  readonly target: TargetKey;
  /** It is ready to be in the target group. */
  readonly wanted: boolean;
}

/** The objects of a cluster, and what follows from them, in the test's own words and not by the syncer's rules. */
export function createModelCluster(groupType: 'ip' | 'instance') {
  const objects: { readonly [K in Kind]: Map<string, Kinds[K]> } = {
    pods: new Map(),
    services: new Map(),
    nodes: new Map(),
    bindings: new Map(),
  };
  const podOf = (uid: string): ModelPod | undefined => find(objects.pods, uid);
  const nodeOf = (uid: string): ModelNode | undefined => find(objects.nodes, uid);
  const stays = (pod: ModelPod): boolean => !pod.terminating && !pod.finished;

  function podsOf({ name, service: serviceName }: ModelBinding): Member[] {
    const service = objects.services.get(serviceName);
    if (service === undefined) return [];
    return [...objects.pods.values()]
      .filter((pod) => stays(pod) && pod.app === service.selects)
      .map((pod) => ({
        uid: pod.uid,
        target: `${pod.ip}:${service.port}`,
        wanted: pod.gatedBy.includes(name) ? pod.containersReady : isReady(pod),
      }));
  }

  function nodesOf({ service }: ModelBinding): Member[] {
    if (!objects.services.has(service)) return [];
    return [...objects.nodes.values()]
      .filter((node) => !node.leaving && !node.excluded)
      .map(({ uid, instance, ready }) => ({ uid, target: `${instance}:${nodePort}`, wanted: ready }));
  }

  return {
    ...objects,
    get<K extends Kind>(kind: K, name: string): Kinds[K] | undefined {
      return objects[kind].get(name);
    },
    set<K extends Kind>(kind: K, name: string, object: Kinds[K] | undefined): void {
      if (object === undefined) objects[kind].delete(name);
      else objects[kind].set(name, object);
    },
    podOf,
    nodeOf,
    /** The bindings that are not being deleted. */
    stayingBindings: (): ModelBinding[] =>
      [...objects.bindings.values()].filter(({ deletedAt }) => deletedAt === undefined),
    bindingStays: (name: string): boolean => {
      const binding = objects.bindings.get(name);
      return binding !== undefined && binding.deletedAt === undefined;
    },
    /** The pods or nodes that a binding selects and that stay. */
    membersOf: groupType === 'ip' ? podsOf : nodesOf,
    /** The nodes that are about to end, and still carry traffic. */
    leavingNodes: (): ModelNode[] =>
      [...objects.nodes.values()].filter(({ leaving, excluded }) => leaving && !excluded),
    /** Whether the pod or node with this uid exists, and is no pod that ends. */
    stays: (uid: string): boolean => {
      const pod = podOf(uid);
      return pod === undefined ? nodeOf(uid) !== undefined : stays(pod);
    },
    /** An address of a pod is free again when its containers have ended or it is gone. */
    hasAddress: (ip: string): boolean =>
      [...objects.pods.values()].some((pod) => pod.ip === ip && !pod.finished),
  };
}

const find = <T extends { readonly uid: string }>(objects: Map<string, T>, uid: string): T | undefined =>
  [...objects.values()].find((object) => object.uid === uid);

export type ModelCluster = ReturnType<typeof createModelCluster>;
