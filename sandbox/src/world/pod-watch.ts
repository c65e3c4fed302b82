import { startReflector, type Change, type KubeClient, type RawObject } from '@targetgate/shared/kube';
import type { DeletionEvent, GateEvent } from './event.ts';

/** Follows all pods: their readiness gates and their deletion. */
export interface PodWatch {
  readonly synced: Promise<void>;
  stop(): Promise<void>;
}

/** A gate and its condition. */
export type Gate = Pick<GateEvent, 'gate' | 'status' | 'reason' | 'message'>;

/** A pod, projected to what is reported of it. */
export interface WatchedPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly deleted: boolean;
  readonly gates: readonly Gate[];
}

interface RawPod {
  readonly spec: { readonly readinessGates?: readonly { readonly conditionType: string }[] };
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: 'True' | 'False' | 'Unknown';
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}

/** What is reported of a pod. */
type PodNews = GateEvent | DeletionEvent;

/** Reports each gate when it is first seen, each change of its status or reason, and each deletion. */
export function watchPods(client: KubeClient, record: (event: PodNews) => void): PodWatch {
  return startReflector({
    client,
    path: '/api/v1/pods',
    project: projectPod,
    indexes: {},
    onChange: (change) => {
      for (const event of newsOf(change, Date.now())) record(event);
    },
  });
}

/** The events of one change of a pod. */
export function newsOf(
  { before, after }: Pick<Change<WatchedPod>, 'before' | 'after'>,
  at: number,
): PodNews[] {
  if (after === undefined) return [];
  const { namespace, name, uid, gates } = after;
  const old = before?.uid === uid ? before : undefined;
  const pod = { at, namespace, pod: name, uid };
  const isKnown = ({ gate, status, reason }: Gate): boolean =>
    old?.gates.some((known) => known.gate === gate && known.status === status && known.reason === reason) ===
    true;
  return [
    ...gates.filter((gate) => !isKnown(gate)).map((gate) => ({ kind: 'gate' as const, ...pod, ...gate })),
    ...(after.deleted && old?.deleted !== true ? [{ kind: 'deletion' as const, ...pod }] : []),
  ];
}

/** Keeps a pod's gates, in the order of its spec, and whether it is being deleted. */
export function projectPod({ metadata, ...raw }: RawObject): WatchedPod {
  const { spec, status } = raw as unknown as RawPod;
  const conditions = new Map((status?.conditions ?? []).map((condition) => [condition.type, condition]));
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid,
    deleted: metadata['deletionTimestamp'] !== undefined,
    gates: (spec.readinessGates ?? []).map(({ conditionType }) => {
      const { status = 'missing', reason, message } = conditions.get(conditionType) ?? {};
      return { gate: conditionType, status, reason, message };
    }),
  };
}
