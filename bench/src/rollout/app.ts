import type { MadeTargetGroup, Manifest } from '@targetgate/sandbox/world';

/** The app that is rolled out; its namespace, its objects, its target group and its traffic have this name. */
export const appName = 'shop';

export const replicas = 10;

const port = 8080;
const labels = { app: appName };
const metadata = { name: appName, namespace: appName };

/** How the app's pods end. */
export interface PodEnds {
  /** The app's own preStop sleep; without it, targetgate gives it one. */
  readonly preStopSeconds?: number;
}

/** The app's namespace, its service, and its binding to a target group. */
export const surroundings = (group: MadeTargetGroup, { preStopSeconds }: PodEnds): Manifest[] => [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: appName,
      labels: {
        'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled',
        ...(preStopSeconds === undefined && { 'elbv2.k8s.aws/graceful-termination': 'enabled' }),
      },
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
    spec: { serviceRef: { name: appName, port: 'http' }, targetGroupARN: group.arn, targetType: 'ip' },
  },
];

/** The app: it ends at once on SIGTERM, and is rolled out with the defaults: 25 % surge, 25 % unavailable. */
export const deployment = ({ preStopSeconds }: PodEnds): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: {
    replicas,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        ...(preStopSeconds !== undefined && { terminationGracePeriodSeconds: preStopSeconds + 15 }),
        containers: [
          {
            name: 'app',
            image: 'sandbox/app',
            ports: [{ name: 'http', containerPort: port }],
            // Longer than the load balancer's idle timeout of 60 s: it must be the one that ends idle connections.
            env: [{ name: 'KEEP_ALIVE_MS', value: '75000' }],
            readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 2 },
            ...(preStopSeconds !== undefined && {
              lifecycle: { preStop: { sleep: { seconds: preStopSeconds } } },
            }),
          },
        ],
      },
    },
  },
});
