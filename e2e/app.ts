import type { Manifest } from '@targetgate/sandbox/world';

/** An app behind a target group, in a namespace of its own; namespace, objects and traffic share one name. */
export interface AppOptions {
  readonly name: string;
  readonly targetGroupArn: string;
  /** Whether the namespace asks for readiness gates (default true). */
  readonly labelled?: boolean;
  readonly replicas?: number;
  /** Longer than the drain where no request may fail (default 3). */
  readonly preStopSeconds?: number;
  /** Of the sandbox's app: UNHEALTHY, START_MS, ... */
  readonly env?: Readonly<Record<string, string>>;
}

/** The condition type of an app's gate. */
export const gateOf = (name: string): string => `target-health.elbv2.k8s.aws/${name}`;

export const namespace = ({ name, labelled = true }: AppOptions): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, ...(labelled && { labels: { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' } }) },
});

export const service = ({ name }: AppOptions): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: name },
  spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
});

export const binding = ({ name, targetGroupArn }: AppOptions): Manifest => ({
  apiVersion: 'elbv2.k8s.aws/v1beta1',
  kind: 'TargetGroupBinding',
  metadata: { name, namespace: name },
  spec: { serviceRef: { name, port: 80 }, targetGroupARN: targetGroupArn, targetType: 'ip' },
});

export function deployment(options: AppOptions): Manifest {
  const { name, replicas = 2, preStopSeconds = 3 } = options;
  // Longer than the load balancer's idle timeout of 60 s: it must be the one that ends idle connections.
  const env = { KEEP_ALIVE_MS: '75000', ...options.env };
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: preStopSeconds + 10,
          containers: [
            {
              name: 'app',
              image: 'sandbox/app',
              ports: [{ name: 'http', containerPort: 8080 }],
              env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
              readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 1 },
              ...(preStopSeconds > 0 && { lifecycle: { preStop: { sleep: { seconds: preStopSeconds } } } }),
            },
          ],
        },
      },
    },
  };
}

/** All of it. */
export const manifests = (options: AppOptions): Manifest[] => [
  namespace(options),
  service(options),
  binding(options),
  deployment(options),
];
