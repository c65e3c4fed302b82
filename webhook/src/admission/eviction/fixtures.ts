import { apiNode, apiPod, snapshotOf, type ApiObject } from '@targetgate/shared/fixtures';
import { projectPod, type Pod } from '@targetgate/shared/model';
import { lbcGroup, namesOf } from '@targetgate/shared/names';
import type { LiveCluster } from './live-cluster.ts';

/** The gate of the binding `web`. */
export const gate = namesOf(lbcGroup).gate('web');

/** How a pod is, as a test writes it down: healthy unless it says otherwise. */
export interface PodState {
  /** Its deletion was asked for at 2026-05-01T12:00:00Z, and it has 30 s. */
  readonly terminating?: boolean;
  readonly phase?: string;
  readonly node?: string;
  /** The kind of the controller that made it (default: nobody made it). */
  readonly owner?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Its gates' condition types (default: that of the binding `web`). */
  readonly gates?: readonly string[];
  readonly conditions?: Readonly<Record<string, 'True' | 'False'>>;
  /** Of its conditions that are not True. */
  readonly reason?: string;
  /** Of those that are. */
  readonly openReason?: string;
}

/** A pod of the API, of the service `web`; its uid is its name. */
export function apiPodWith(name: string, state: PodState = {}) {
  const { terminating = false, phase = 'Running', node = 'node-1', gates = [gate], owner } = state;
  const conditions = { ContainersReady: 'True', Ready: 'True', [gate]: 'True', ...state.conditions };
  return apiPod({
    metadata: {
      name,
      uid: name,
      ...(state.labels && { labels: state.labels }),
      ...(terminating && { deletionTimestamp: '2026-05-01T12:00:30Z', deletionGracePeriodSeconds: 30 }),
      ...(owner !== undefined && {
        ownerReferences: [{ apiVersion: 'apps/v1', kind: owner, name: 'web', uid: 'web', controller: true }],
      }),
    },
    spec: { nodeName: node, readinessGates: gates.map((conditionType) => ({ conditionType })) },
    status: {
      phase,
      conditions: Object.entries(conditions).map(([type, status]) => ({
        type,
        status,
        reason: status === 'True' ? state.openReason : state.reason,
      })),
    },
  } satisfies ApiObject);
}

export const podWith = (name: string, state?: PodState): Pod => projectPod(apiPodWith(name, state));

/** An API server that has these pods, all on the node `node-1`, which is cordoned where a test says so. */
export function liveOf(
  pods: readonly ReturnType<typeof apiPodWith>[],
  { cordoned = false }: { cordoned?: boolean } = {},
): LiveCluster {
  const snapshot = snapshotOf({ pods, nodes: [apiNode({ spec: { unschedulable: cordoned } })] });
  return {
    pod: (namespace, name) => Promise.resolve(snapshot.pod(namespace, name)),
    podsMatching: (namespace, selector) => Promise.resolve(snapshot.podsMatching(namespace, selector)),
    node: (name) => Promise.resolve(snapshot.node(name)),
  };
}
