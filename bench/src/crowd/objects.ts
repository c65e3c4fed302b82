import { unattendedLabel } from '@targetgate/sandbox/nodes';
import type { Manifest } from '@targetgate/sandbox/world';
import type { PlannedGroup, PlannedPod } from './plan.ts';

/** The port of every app. */
export const appPort = 8080;

/** A namespace that wants gates. */
export const namespaceObject = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' } },
});

/** The service of an app and its binding to a target group. */
export function appObjects({ name, namespace }: PlannedGroup, targetGroupARN: string): Manifest[] {
  const metadata = { name, namespace };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
    },
    {
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata,
      spec: { serviceRef: { name, port: 'http' }, targetGroupARN, targetType: 'ip' },
    },
  ];
}

/** A pod with as much in it as a usual one, on its node already. */
export const podObject = ({ namespace, name, group, node }: PlannedPod): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace,
    labels: { app: group, 'app.kubernetes.io/name': group, [unattendedLabel]: 'true' },
    annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(appPort) },
  },
  spec: {
    nodeName: node,
    containers: [
      {
        name: 'app',
        image: `registry.example/crowd/${group}:1.42.0`,
        ports: [
          { name: 'http', containerPort: appPort },
          { name: 'metrics', containerPort: 9090 },
        ],
        env: variables,
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
        readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 5 },
        livenessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 10 },
        lifecycle: { preStop: { sleep: { seconds: 15 } } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { app: group } },
      },
    ],
  },
});

const variables = Array.from({ length: 10 }, (_, index) => ({
  name: `SETTING_${index}`,
  value: `postgres://database-${index}.example:5432/shop`,
}));
