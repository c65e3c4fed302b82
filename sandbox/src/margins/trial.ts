import type { MadeTargetGroup, Manifest } from '../world/index.ts';
import { balancerTypes, settings, type BalancerType } from './settings.ts';

/** One margin behind one type of load balancer. */
export interface Trial {
  /** Its namespace, its target group and everything in it have this name. */
  readonly name: string;
  readonly type: BalancerType;
  readonly marginSeconds: number;
}

/** Every margin of every type. */
export const trials: readonly Trial[] = balancerTypes.flatMap((type) =>
  type.marginsSeconds.map((marginSeconds) => ({
    name: `${type.name}-${marginSeconds}`,
    type,
    marginSeconds,
  })),
);

const port = 8080;

/** The namespace, the app, its service, and the binding. The preStop hook is the margin: DeregisterTargets takes ms. */
export function manifestsOf({ name, marginSeconds }: Trial, group: MadeTargetGroup): Manifest[] {
  const metadata = { name, namespace: name };
  const labels = { app: name };
  const lifecycle = { preStop: { sleep: { seconds: marginSeconds } } };
  const app = {
    name: 'app',
    image: 'sandbox/app',
    ports: [{ name: 'http', containerPort: port }],
    env: [
      { name: 'SHUTDOWN', value: 'abrupt' },
      { name: 'KEEP_ALIVE_MS', value: '75000' },
    ],
    readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 2 },
    ...(marginSeconds > 0 && { lifecycle }),
  };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
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
      spec: { serviceRef: { name, port: 'http' }, targetGroupARN: group.arn, targetType: 'ip' },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: settings.replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { terminationGracePeriodSeconds: marginSeconds + 10, containers: [app] },
        },
      },
    },
  ];
}
