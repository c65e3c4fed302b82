import type { RawObject } from '@targetgate/shared/kube';

/** Where a binding and its pods are: ten bindings share a namespace. */
const namespaceOf = (binding: number): string => `shop-${Math.floor(binding / 10)}`;

const appOf = (binding: number): string => `app-${binding}`;

const metadata = (namespace: string, name: string): RawObject['metadata'] => ({
  namespace,
  name,
  uid: `${namespace}/${name}`,
  resourceVersion: '1',
});

/** The service and the binding of an app, and their namespace. */
export function appObjects(number: number): Record<'namespace' | 'service' | 'binding', RawObject> {
  const [namespace, app] = [namespaceOf(number), appOf(number)];
  const targetGroupARN = `arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/${app}/0123456789abcdef`;
  return {
    namespace: { metadata: metadata('', namespace) },
    service: {
      metadata: metadata(namespace, app),
      spec: { selector: { app }, ports: [{ port: 80, targetPort: 8080 }] },
    },
    binding: {
      metadata: metadata(namespace, app),
      spec: { serviceRef: { name: app, port: 80 }, targetGroupARN, targetType: 'ip' },
    },
  };
}

/** A pod of an app that serves, its gate open; `startedAt` is in epoch milliseconds. */
export function podObject(binding: number, pod: number, startedAt: number): RawObject {
  const app = appOf(binding);
  const lastTransitionTime = new Date(startedAt).toISOString();
  const gate = `target-health.elbv2.k8s.aws/${app}`;
  const ip = `10.${binding >> 6}.${((binding & 63) << 2) + (pod >> 8)}.${pod & 255}`;
  const said = { reason: 'Healthy', message: `target ${ip}:8080 is healthy` };
  return {
    metadata: {
      ...metadata(namespaceOf(binding), `${app}-${pod}`),
      labels: { app, team: 'shop', 'pod-template-hash': '7d9f8c6b5d' },
    },
    spec: {
      readinessGates: [{ conditionType: gate }],
      containers: [{ name: 'app', lifecycle: { preStop: { sleep: { seconds: 400 } } } }],
      terminationGracePeriodSeconds: 500,
    },
    status: {
      phase: 'Running',
      podIPs: [{ ip }],
      conditions: [
        { type: 'ContainersReady', status: 'True', lastTransitionTime },
        { type: 'Ready', status: 'True', lastTransitionTime },
        { type: gate, status: 'True', lastTransitionTime, ...said },
      ],
    },
  };
}
