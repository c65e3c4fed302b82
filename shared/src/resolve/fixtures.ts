import {
  apiBinding,
  apiEndpointSlice,
  apiNode,
  apiPod,
  apiService,
  snapshotOf,
  type ApiEndpointSlice,
  type ApiObject,
} from '../fixtures/cluster.ts';
import { projectBinding, type TargetGroupFacts } from '../model/index.ts';
import { lbcGroup, namesOf } from '../names.ts';
import type { Candidate, Resolution } from './resolution.ts';
import { targetsOfBinding } from './targets-of-binding.ts';

/** What differs from an ip binding `web` of the service `web` with the one pod `web-1`, of a group that is not known. */
export interface Cluster {
  readonly binding?: ApiObject | undefined;
  readonly group?: Partial<TargetGroupFacts> | undefined;
  readonly services?: readonly ApiObject[];
  readonly pods?: readonly ApiObject[];
  readonly nodes?: readonly ApiObject[];
  readonly slices?: readonly ApiEndpointSlice[];
}

/** An HTTP group of ip targets. */
export const groupFacts = (facts: Partial<TargetGroupFacts> = {}): TargetGroupFacts => ({
  arn: 'arn:web',
  name: 'web',
  targetType: 'ip',
  protocol: 'HTTP',
  vpcId: 'vpc-1',
  ipAddressType: 'ipv4',
  healthCheckIntervalSeconds: 30,
  deregistrationDelaySeconds: 300,
  idleTimeoutSeconds: 60,
  tags: {},
  ...facts,
});

/** The candidates of the binding `web`, or its problem. */
export function resolve({
  binding = {},
  group,
  services = [{}],
  pods = [{}],
  nodes = [],
  slices = [],
}: Cluster): Resolution {
  const snapshot = snapshotOf({
    services: services.map(apiService),
    pods: pods.map(apiPod),
    nodes: nodes.map(apiNode),
    endpointSlices: slices.map(apiEndpointSlice),
  });
  return targetsOfBinding(projectBinding(apiBinding(binding)), snapshot, {
    gate: namesOf(lbcGroup).gate('web'),
    group: group && groupFacts(group),
  });
}

/** `name id:port`, or `name: reason`, for each candidate; or the reason that keeps the whole binding from having any. */
export const targetsOf = (cluster: Cluster): string | readonly string[] =>
  told(cluster, ({ subject, target, problem }) =>
    target ? `${subject.name} ${target.id}:${target.port}` : `${subject.name}: ${problem.reason}`,
  );

/** `name registration` for each candidate; or the reason that keeps the whole binding from having any. */
export const registrationsOf = (cluster: Cluster): string | readonly string[] =>
  told(cluster, ({ subject, registration }) => `${subject.name} ${registration}`);

function told(cluster: Cluster, tell: (candidate: Candidate) => string): string | readonly string[] {
  const { candidates, problem } = resolve(cluster);
  return problem ? problem.reason : candidates.map(tell);
}
