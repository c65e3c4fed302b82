import type { RawObject } from '../kube/index.ts';
import { parseTime } from './pod.ts';

/** How a binding names its target group. */
export type TargetGroupRef =
  { readonly by: 'arn'; readonly arn: string } | { readonly by: 'name'; readonly name: string };

/** Whether a binding's targets are in step, and what keeps them from it. */
export interface BindingStatus {
  readonly observedGeneration: number | undefined;
  readonly ready: { readonly status: string; readonly reason: string; readonly message: string } | undefined;
  /** When `ready` took its status, as the API has it (RFC 3339). */
  readonly readySince: string | undefined;
}

/** A TargetGroupBinding, projected to what the rules need. */
export interface Binding {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
  /** Undefined where the binding names no group, which the CRD's validation cannot fully prevent. */
  readonly targetGroup: TargetGroupRef | undefined;
  /** Undefined where the binding leaves it to be found out from the target group. */
  readonly targetType: 'ip' | 'instance' | undefined;
  readonly ipAddressType: 'ipv4' | 'ipv6';
  readonly serviceName: string;
  /** A service port's number or name. */
  readonly servicePort: number | string;
  readonly finalizers: readonly string[];
  /** When its deletion was asked for, in epoch milliseconds; undefined for a binding that stays. */
  readonly deletedAt: number | undefined;
  /** What the status says now: written only where it would change. */
  readonly status: BindingStatus;
}

/** Projects an API TargetGroupBinding (LBC's v1beta1 schema, in any group). */
export function projectBinding(raw: RawObject): Binding {
  // The API server takes a binding without a spec; it is a problem to report, not a reason to know no binding at all.
  const { metadata, spec = {}, status } = raw as RawBinding;
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid,
    generation: metadata.generation ?? 0,
    targetGroup: targetGroupOf(spec),
    targetType: spec.targetType,
    ipAddressType: spec.ipAddressType ?? 'ipv4',
    serviceName: spec.serviceRef?.name ?? '',
    servicePort: spec.serviceRef?.port ?? 0,
    finalizers: metadata.finalizers ?? [],
    deletedAt: parseTime(metadata.deletionTimestamp),
    status: projectStatus(status),
  };
}

function projectStatus(status: RawBinding['status']): BindingStatus {
  const ready = status?.conditions?.find((condition) => condition.type === 'Ready');
  return {
    observedGeneration: status?.observedGeneration,
    ready: ready && { status: ready.status, reason: ready.reason ?? '', message: ready.message ?? '' },
    readySince: ready?.lastTransitionTime,
  };
}

/** The ARN wins where both are given, as in LBC. */
function targetGroupOf(spec: NonNullable<RawBinding['spec']>): TargetGroupRef | undefined {
  if (spec.targetGroupARN) return { by: 'arn', arn: spec.targetGroupARN };
  if (spec.targetGroupName) return { by: 'name', name: spec.targetGroupName };
  return undefined;
}

interface RawBinding {
  metadata: RawObject['metadata'] & {
    generation?: number;
    finalizers?: string[];
    deletionTimestamp?: string;
  };
  spec?: {
    targetGroupARN?: string;
    targetGroupName?: string;
    targetType?: 'ip' | 'instance';
    ipAddressType?: 'ipv4' | 'ipv6';
    serviceRef?: { name: string; port: number | string };
  };
  status?: {
    observedGeneration?: number;
    conditions?: {
      type: string;
      status: string;
      reason?: string;
      message?: string;
      lastTransitionTime?: string;
    }[];
  };
}
