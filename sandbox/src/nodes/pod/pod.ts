import type { RawObject } from '@targetgate/shared/kube';
import { projectContainer, type Container, type RawContainer } from './container.ts';

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

/** A pod, projected to what a node needs to run it. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly nodeName: string | undefined;
  /** A pod with scheduling gates is bound to no node before they are gone. */
  readonly schedulingGates: number;
  readonly serviceAccount: string;
  readonly restartPolicy: RestartPolicy;
  /** Init containers that restart always. Ordinary init containers are not run: they count as completed. */
  readonly sidecars: readonly Container[];
  readonly containers: readonly Container[];
  readonly readinessGates: readonly string[];
  /** The status of each condition, by its type. */
  readonly conditions: ReadonlyMap<string, string>;
  readonly phase: string;
  readonly address: string | undefined;
  /** Undefined until the pod is deleted. The grace is that of the delete call, in seconds. */
  readonly deletion: { readonly graceSeconds: number } | undefined;
}

/** All containers have ended for good. */
export const isFinished = (pod: Pod): boolean => pod.phase === 'Succeeded' || pod.phase === 'Failed';

/** What `projectPod` reads of an API pod. */
interface RawPod {
  readonly metadata: RawObject['metadata'] & {
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
    readonly deletionTimestamp?: string;
    readonly deletionGracePeriodSeconds?: number;
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly schedulingGates?: readonly unknown[];
    readonly serviceAccountName?: string;
    readonly restartPolicy?: RestartPolicy;
    readonly initContainers?: readonly RawContainer[];
    readonly containers: readonly RawContainer[];
    readonly readinessGates?: readonly { readonly conditionType: string }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

export function projectPod(raw: RawObject): Pod {
  const { metadata, spec, status = {} } = raw as unknown as RawPod;
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    nodeName: spec.nodeName,
    schedulingGates: spec.schedulingGates?.length ?? 0,
    serviceAccount: spec.serviceAccountName ?? 'default',
    restartPolicy: spec.restartPolicy ?? 'Always',
    sidecars: sidecars.map(projectContainer),
    containers: spec.containers.map(projectContainer),
    readinessGates: (spec.readinessGates ?? []).map(({ conditionType }) => conditionType),
    conditions: new Map((status.conditions ?? []).map(({ type, status }) => [type, status])),
    phase: status.phase ?? 'Pending',
    address: status.podIP,
    deletion:
      metadata.deletionTimestamp === undefined
        ? undefined
        : { graceSeconds: metadata.deletionGracePeriodSeconds ?? 0 },
  };
}
