import type { MadeTargetGroup, Manifest } from '../world/index.ts';
import { settings } from './settings.ts';

/** One of the two apps that are rolled out. */
export interface App {
  /** Its namespace, its target group and its traffic have this name. */
  readonly name: string;
  /** Whether its namespace has the labels: the only difference between the two. */
  readonly labelled: boolean;
}

export const apps: readonly App[] = [
  { name: 'without-labels', labelled: false },
  { name: 'with-labels', labelled: true },
];

/** What a namespace asks for: that its pods wait for the load balancer when they start, and when they end. */
export const namespaceLabels = {
  'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled',
  'elbv2.k8s.aws/graceful-termination': 'enabled',
};

/** The name of everything in the app's namespace. */
export const objectName = 'shop';

const port = 8080;
const labels = { app: objectName };

/** The namespace, the app's service, and the binding to its target group, as a user would write them. */
export function surroundingsOf({ name: namespace, labelled }: App, group: MadeTargetGroup): Manifest[] {
  const metadata = { name: objectName, namespace };
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, ...(labelled && { labels: namespaceLabels }) },
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
  ];
}

/** The app: the same in both namespaces. */
export const deploymentOf = ({ name: namespace }: App): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: objectName, namespace },
  spec,
});

/** The default strategy: 25 % surge, 25 % unavailable. */
const spec = {
  replicas: settings.replicas,
  selector: { matchLabels: labels },
  template: {
    metadata: { labels },
    spec: {
      containers: [
        {
          name: 'app',
          image: 'sandbox/app',
          ports: [{ name: 'http', containerPort: port }],
          env: [
            { name: 'SHUTDOWN', value: 'abrupt' },
            { name: 'SLOW_MS', value: String(settings.slowSeconds * 1000) },
            { name: 'KEEP_ALIVE_MS', value: String(settings.keepAliveSeconds * 1000) },
          ],
          readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 2 },
        },
      ],
    },
  },
};
