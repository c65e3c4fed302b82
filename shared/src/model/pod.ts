import type { RawObject } from '../kube/index.ts';
import { projectPodEnd, type PodEnd, type RawContainerEnd, type RawPodEnd } from './pod-end.ts';
import { alone, createSharing, type Share } from './sharing.ts';
import { parseTime } from './time.ts';

/** A condition of a pod's status: the fields that rules read. Those of its beginning are not kept. */
export interface PodCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  /** Epoch milliseconds; undefined where the API object has none. */
  readonly changedAt: number | undefined;
}

/** A named port of a container: what a service's targetPort may refer to. */
export interface ContainerPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
}

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** The controller that an object belongs to. */
export interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** A pod, projected to what the rules need. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Its annotations `<API group>/graceful-termination`, of any group: the others are not kept. */
  readonly endAnnotations: Readonly<Record<string, string>>;
  /** Empty until the pod is scheduled. */
  readonly nodeName: string;
  /** The object that made it, a ReplicaSet for example: where people look for what is wrong; undefined for a bare pod. */
  readonly owner: Owner | undefined;
  /** All addresses, of both families on dual-stack clusters; empty until the pod has one. */
  readonly ips: readonly string[];
  readonly ports: readonly ContainerPort[];
  /** The condition types of its readiness gates. */
  readonly gates: readonly string[];
  readonly conditions: readonly PodCondition[];
  /** Deletion has begun; when, in epoch milliseconds, the grace period ends. Undefined for a pod that stays. */
  readonly deletesAt: number | undefined;
  /** The grace period of its deletion, in seconds; undefined for a pod that stays. */
  readonly deletionGraceSeconds: number | undefined;
  /** How it is to end, by its spec. */
  readonly end: PodEnd;
  /** When the first of its containers ended, of those that run no more (epoch ms, in whole seconds). */
  readonly containerEndedAt: number | undefined;
  /** All containers have ended for good (phase Succeeded or Failed). */
  readonly finished: boolean;
}

/** Projects an API pod. Fields that a pod at admission does not have yet come out empty. */
export const projectPod = (raw: RawObject): Pod => project(raw, alone);

/** Projects many pods: what those of one template have in common is kept once. */
export function createPodProjection(): (raw: RawObject) => Pod {
  const share = createSharing();
  return (raw) => project(raw, share);
}

function project(raw: RawObject, share: Share): Pod {
  const { metadata, spec, status } = raw as RawPod;
  const template = share({
    namespace: metadata.namespace ?? '',
    labels: metadata.labels ?? {},
    endAnnotations: endAnnotationsOf(metadata),
    owner: ownerOf(metadata),
    ports: namedPorts(spec),
    gates: (spec?.readinessGates ?? []).map((gate) => gate.conditionType),
    end: projectPodEnd(spec ?? {}),
  });
  return {
    ...template,
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    nodeName: spec?.nodeName ?? '',
    ips: (status?.podIPs ?? []).map(({ ip }) => ip),
    conditions: (status?.conditions ?? []).filter(isRead).map(projectCondition),
    deletesAt: parseTime(metadata.deletionTimestamp),
    deletionGraceSeconds: metadata.deletionGracePeriodSeconds,
    containerEndedAt: firstEndOf(status),
    finished: status?.phase === 'Succeeded' || status?.phase === 'Failed',
  };
}

/** Conditions of a pod's beginning, which no rule reads. */
const beginnings: ReadonlySet<string> = new Set(['PodScheduled', 'PodReadyToStartContainers', 'Initialized']);
const isRead = ({ type }: RawCondition): boolean => !beginnings.has(type);

/** The condition of a type; undefined where the pod has none, which counts as False. */
export const conditionOf = (pod: Pod, type: string): PodCondition | undefined =>
  pod.conditions.find((condition) => condition.type === type);

export const isTrue = (pod: Pod, type: string): boolean => conditionOf(pod, type)?.status === 'True';

/** Whether it neither terminates nor has finished. */
export const stays = ({ deletesAt, finished }: Pick<Pod, 'deletesAt' | 'finished'>): boolean =>
  deletesAt === undefined && !finished;

/** The grace period of its deletion, in seconds; that of its spec where the API says nothing of it. */
export const graceOf = ({ deletionGraceSeconds, end }: Pick<Pod, 'deletionGraceSeconds' | 'end'>): number =>
  deletionGraceSeconds ?? end.graceSeconds;

/** When its deletion was asked for, in epoch milliseconds (whole seconds); undefined for a pod that stays. */
export const deletedAtOf = (
  pod: Pick<Pod, 'deletesAt' | 'deletionGraceSeconds' | 'end'>,
): number | undefined => (pod.deletesAt === undefined ? undefined : pod.deletesAt - graceOf(pod) * 1_000);

function ownerOf({ ownerReferences = [] }: RawPod['metadata']): Owner | undefined {
  const owner = ownerReferences.find(({ controller }) => controller);
  return owner && { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name, uid: owner.uid };
}

const noAnnotations = {};

function endAnnotationsOf({ annotations }: RawPod['metadata']): Pod['endAnnotations'] {
  const found = Object.entries(annotations ?? {}).filter(([key]) => key.endsWith('/graceful-termination'));
  return found.length === 0 ? noAnnotations : Object.fromEntries(found);
}

function firstEndOf(status: RawPod['status']): number | undefined {
  const ends = (status?.containerStatuses ?? [])
    .map(({ state }) => parseTime(state?.terminated?.finishedAt))
    .filter((at) => at !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** Sidecars (init containers that restart always) serve ports like any other container. */
function namedPorts(spec: RawPod['spec']): ContainerPort[] {
  const sidecars = (spec?.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  return [...(spec?.containers ?? []), ...sidecars]
    .flatMap((container) => container.ports ?? [])
    .flatMap(({ name, containerPort, protocol = 'TCP' }) =>
      name === undefined ? [] : [{ name, port: containerPort, protocol }],
    );
}

function projectCondition(raw: RawCondition): PodCondition {
  const { type, status, reason = '', message = '', lastTransitionTime } = raw;
  return { type, status, reason, message, changedAt: parseTime(lastTransitionTime) };
}

interface RawCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastTransitionTime?: string | null;
}

interface RawContainer extends RawContainerEnd {
  ports?: { name?: string; containerPort: number; protocol?: Protocol }[];
}

interface RawPod {
  metadata: Partial<RawObject['metadata']> & {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    deletionTimestamp?: string;
    deletionGracePeriodSeconds?: number;
    ownerReferences?: (Owner & { controller?: boolean })[];
  };
  spec?: Omit<RawPodEnd, 'containers' | 'initContainers'> & {
    nodeName?: string;
    containers?: RawContainer[];
    initContainers?: RawContainer[];
    readinessGates?: { conditionType: string }[];
  };
  status?: {
    phase?: string;
    podIPs?: { ip: string }[];
    conditions?: RawCondition[];
    containerStatuses?: { state?: { terminated?: { finishedAt?: string | null } } }[];
  };
}
