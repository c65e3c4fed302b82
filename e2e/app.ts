import { lbcGroup } from '@targetgate/shared/names';
import type { Manifest } from '@targetgate/sandbox/world';

/** An app behind a target group, in a namespace of its own; namespace, objects and traffic share one name. */
export interface AppOptions {
  readonly name: string;
  readonly targetGroupArn: string;
  /** Of the binding and of the namespace's label (default: LBC's). */
  readonly apiGroup?: string;
  /** One of several Deployments of the app, by a label of their pods that the service selects by as well. */
  readonly version?: string;
  /** Whether the namespace asks for readiness gates (default true). */
  readonly labelled?: boolean;
  readonly replicas?: number;
  /** Gates that its pods are made with, whoever injects more. */
  readonly gates?: readonly string[];
  /** Longer than the drain where no request may fail (default 3). */
  readonly preStopSeconds?: number;
  /** Of the sandbox's app: UNHEALTHY, START_MS, ... */
  readonly env?: Readonly<Record<string, string>>;
}

/** The condition type of an app's gate. */
export const gateOf = (name: string, apiGroup = lbcGroup): string => `target-health.${apiGroup}/${name}`;

export const namespace = ({ name, labelled = true, apiGroup = lbcGroup }: AppOptions): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, ...(labelled && { labels: { [`${apiGroup}/pod-readiness-gate-inject`]: 'enabled' } }) },
});

/** The app's service, with other fields in its spec. */
export const service = (app: AppOptions, spec: object = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: app.name, namespace: app.name },
  spec: { selector: labelsOf(app), ports: [{ name: 'http', port: 80, targetPort: 'http' }], ...spec },
});

/** The app's binding, with other fields in its spec (undefined takes one out), and annotations. */
export const binding = (
  { name, targetGroupArn, apiGroup = lbcGroup }: AppOptions,
  spec: object = {},
  annotations: Readonly<Record<string, string>> = {},
): Manifest => ({
  apiVersion: `${apiGroup}/v1beta1`,
  kind: 'TargetGroupBinding',
  metadata: { name, namespace: name, annotations },
  spec: { serviceRef: { name, port: 80 }, targetGroupARN: targetGroupArn, targetType: 'ip', ...spec },
});

export function deployment(app: AppOptions): Manifest {
  const { name, version, replicas = 2 } = app;
  const labels = labelsOf(app);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: version === undefined ? name : `${name}-${version}`, namespace: name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec(app) },
    },
  };
}

/** A pod of the app that nobody owns. */
export const pod = (app: AppOptions, name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: app.name, labels: labelsOf(app) },
  spec: podSpec(app),
});

const labelsOf = ({ name, version }: AppOptions) => ({
  app: name,
  ...(version !== undefined && { version }),
});

function podSpec({ preStopSeconds = 3, env, gates = [] }: AppOptions) {
  // Longer than the load balancer's idle timeout of 60 s: it must be the one that ends idle connections.
  const variables = { KEEP_ALIVE_MS: '75000', ...env };
  return {
    terminationGracePeriodSeconds: preStopSeconds + 10,
    ...(gates.length > 0 && { readinessGates: gates.map((conditionType) => ({ conditionType })) }),
    containers: [
      {
        name: 'app',
        image: 'sandbox/app',
        ports: [{ name: 'http', containerPort: 8080 }],
        env: Object.entries(variables).map(([key, value]) => ({ name: key, value })),
        readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 1 },
        ...(preStopSeconds > 0 && { lifecycle: { preStop: { sleep: { seconds: preStopSeconds } } } }),
      },
    ],
  };
}

/** All of it. */
export const manifests = (app: AppOptions): Manifest[] => [
  namespace(app),
  service(app),
  binding(app),
  deployment(app),
];
