import type { MadeTargetGroup, Manifest } from '../world/index.ts';
import { settings } from './settings.ts';

/** One of the two apps that are rolled out. */
export interface App {
  /** Its namespace, its target group and its traffic have this name. */
  readonly name: string;
  /** Whether its namespace asks for readiness gates: the only difference between the two. */
  readonly gated: boolean;
}

export const apps: readonly App[] = [
  { name: 'without-gates', gated: false },
  { name: 'with-gates', gated: true },
];

/** The name of everything in the app's namespace. */
export const objectName = 'shop';

const port = 8080;
const labels = { app: objectName };

/** The namespace, the app, its service, and the binding to its target group, as a user would write them. */
export function manifestsOf({ name: namespace, gated }: App, group: MadeTargetGroup): Manifest[] {
  const metadata = { name: objectName, namespace };
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        ...(gated && { labels: { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' } }),
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: labels, ports: [{ name: 'http', port, targetPort: 'http' }] },
    },
    {
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata,
      spec: { serviceRef: { name: objectName, port: 'http' }, targetGroupARN: group.arn, targetType: 'ip' },
    },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: deployment },
  ];
}

/** The default strategy: 25 % surge, 25 % unavailable. */
const deployment = {
  replicas: settings.replicas,
  selector: { matchLabels: labels },
  template: {
    metadata: { labels },
    spec: {
      terminationGracePeriodSeconds: settings.terminationGraceSeconds,
      containers: [
        {
          name: 'app',
          image: 'sandbox/app',
          ports: [{ name: 'http', containerPort: port }],
          env: [
            { name: 'SHUTDOWN', value: 'abrupt' },
            { name: 'KEEP_ALIVE_MS', value: String(settings.keepAliveSeconds * 1000) },
          ],
          readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 2 },
          lifecycle: { preStop: { sleep: { seconds: settings.preStopSeconds } } },
        },
      ],
    },
  },
};
