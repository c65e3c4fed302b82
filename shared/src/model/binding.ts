import type { RawObject } from '../kube/index.ts';
import { projectBindingStatus, type BindingStatus, type RawBindingStatus } from './binding-status.ts';
import { projectSelector, type LabelSelector, type RawLabelSelector } from './label-selector.ts';
import { parseTime } from './time.ts';

/** How a binding names its target group. */
export type TargetGroupRef =
  { readonly by: 'arn'; readonly arn: string } | { readonly by: 'name'; readonly name: string };

/** The name that a target group's ARN has in it: arn:...:targetgroup/NAME/ID. Undefined where it is no such ARN. */
export const targetGroupNameIn = (arn: string): string | undefined =>
  /:targetgroup\/([^/]+)\//.exec(arn)?.[1];

/** An IAM role of another account, which owns the target group. */
export interface AssumedRole {
  readonly arn: string;
  readonly externalId: string | undefined;
}

/** What a load balancer speaks to its targets, as ELB spells it. */
export type TargetGroupProtocol =
  'HTTP' | 'HTTPS' | 'TCP' | 'TLS' | 'UDP' | 'TCP_UDP' | 'QUIC' | 'TCP_QUIC' | 'GENEVE';

/** A TargetGroupBinding, projected to what the rules need. */
export interface Binding {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
  /** All but kubectl's own record of the last apply, which is large. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Undefined where the binding names no group, which the CRD's validation cannot fully prevent. */
  readonly targetGroup: TargetGroupRef | undefined;
  readonly role: AssumedRole | undefined;
  /** Undefined where the binding leaves it to be found out from the target group. */
  readonly protocol: TargetGroupProtocol | undefined;
  /** Undefined where the binding leaves it to be found out from the target group. */
  readonly targetType: 'ip' | 'instance' | undefined;
  /** Undefined where the binding leaves it to the target group. */
  readonly ipAddressType: 'ipv4' | 'ipv6' | undefined;
  /** The VPC that the target group should be in; undefined where the binding does not say. */
  readonly vpcId: string | undefined;
  readonly serviceName: string;
  /** A service port's number or name. */
  readonly servicePort: number | string;
  /** Which nodes may be targets of an instance binding; undefined: all of them. */
  readonly nodeSelector: LabelSelector | undefined;
  /** Other clusters have targets in the group as well: foreign targets are never touched. */
  readonly multiCluster: boolean;
  /** The binding asks for security group rules, which targetgate does not manage. */
  readonly hasNetworking: boolean;
  readonly finalizers: readonly string[];
  /** When its deletion was asked for, in epoch milliseconds; undefined for a binding that stays. */
  readonly deletedAt: number | undefined;
  /** What the status says now: written only where it would change. */
  readonly status: BindingStatus;
}

/**
 * Projects an API TargetGroupBinding (LBC's v1beta1 schema, in any group).
 *
 * @throws Error naming the field, where one is of another type than the schema's: what was made under another CRD is not
 * validated again.
 */
export function projectBinding(raw: RawObject): Binding {
  const { metadata, status } = raw as RawBinding;
  const spec = typed(raw.spec);
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid,
    generation: metadata.generation ?? 0,
    annotations: annotationsOf(metadata),
    targetGroup: targetGroupOf(spec),
    role: spec.iamRoleArnToAssume
      ? { arn: spec.iamRoleArnToAssume, externalId: spec.assumeRoleExternalId || undefined }
      : undefined,
    protocol: spec.targetGroupProtocol,
    targetType: spec.targetType,
    ipAddressType: spec.ipAddressType,
    vpcId: spec.vpcID || undefined,
    serviceName: spec.serviceRef?.name ?? '',
    servicePort: spec.serviceRef?.port ?? 0,
    nodeSelector: spec.nodeSelector && projectSelector(spec.nodeSelector),
    multiCluster: spec.multiClusterTargetGroup ?? false,
    hasNetworking: spec.networking !== undefined,
    finalizers: metadata.finalizers ?? [],
    deletedAt: parseTime(metadata.deletionTimestamp),
    status: projectBindingStatus(status),
  };
}

/** What a spec's fields must be. */
const types = {
  targetGroupARN: 'string',
  targetGroupName: 'string',
  targetGroupProtocol: 'string',
  targetType: 'string',
  ipAddressType: 'string',
  vpcID: 'string',
  iamRoleArnToAssume: 'string',
  assumeRoleExternalId: 'string',
  serviceRef: 'object',
  nodeSelector: 'object',
  multiClusterTargetGroup: 'boolean',
  networking: 'object',
} as const;

/**
 * A spec without what is null in it. The API server takes a binding without one; that is a problem to report, not a
 * reason to know no binding at all.
 */
function typed(raw: unknown): NonNullable<RawBinding['spec']> {
  const spec = (raw ?? {}) as Readonly<Record<string, unknown>>;
  const known = Object.entries(types).filter(([field]) => (spec[field] ?? undefined) !== undefined);
  const wrong = known.find(([field, type]) => typeof spec[field] !== type);
  if (wrong) throw new Error(`spec.${wrong[0]} must be of the type ${wrong[1]}`);
  const { name, port } = (spec.serviceRef ?? {}) as Readonly<Record<string, unknown>>;
  if (!isOneOf(name, 'string')) throw new Error('spec.serviceRef.name must be of the type string');
  if (!isOneOf(port, 'string', 'number')) throw new Error('spec.serviceRef.port must be a name or a number');
  return Object.fromEntries(known.map(([field]) => [field, spec[field]]));
}

const isOneOf = (value: unknown, ...types: readonly string[]): boolean =>
  value === undefined || value === null || types.includes(typeof value);

function annotationsOf({ annotations = {} }: RawBinding['metadata']): Binding['annotations'] {
  const kept = Object.entries(annotations).filter(
    ([key, value]) => key !== lastApplied && typeof value === 'string',
  );
  return Object.fromEntries(kept);
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** The ARN wins where both are given, as in LBC. */
function targetGroupOf(spec: NonNullable<RawBinding['spec']>): TargetGroupRef | undefined {
  if (spec.targetGroupARN) return { by: 'arn', arn: spec.targetGroupARN };
  if (spec.targetGroupName) return { by: 'name', name: spec.targetGroupName };
  return undefined;
}

interface RawBinding {
  metadata: RawObject['metadata'] & {
    generation?: number;
    annotations?: Record<string, string>;
    finalizers?: string[];
    deletionTimestamp?: string;
  };
  spec?: {
    targetGroupARN?: string;
    targetGroupName?: string;
    targetGroupProtocol?: TargetGroupProtocol;
    targetType?: 'ip' | 'instance';
    ipAddressType?: 'ipv4' | 'ipv6';
    vpcID?: string;
    iamRoleArnToAssume?: string;
    assumeRoleExternalId?: string;
    serviceRef?: { name: string; port: number | string };
    nodeSelector?: RawLabelSelector;
    multiClusterTargetGroup?: boolean;
    networking?: object;
  };
  status?: RawBindingStatus;
}
