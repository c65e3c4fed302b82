import type { Program, World } from '@targetgate/sandbox/world';
import { namespace } from './pod.ts';

/** One replica of the webhook, as the API server sees it. */
export interface Webhook {
  readonly program: Program;
  readonly host: string;
  readonly port: number;
  /** The name in its certificate. */
  readonly servername: string;
  readonly ca: string;
}

const home = 'targetgate-system';
const configuration = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/targetgate';

interface Configuration {
  readonly webhooks: readonly { readonly clientConfig: { readonly caBundle: string } }[];
}

interface Pod {
  readonly status: { readonly podIP: string };
}

/** The replica that started last. @throws Error where none runs. */
export async function findWebhook(world: World): Promise<Webhook> {
  const { kube } = world;
  const [program] = world.programs('webhook');
  if (!program) throw new Error('no webhook runs');
  const path = `/api/v1/namespaces/${home}/pods/${program.pod}`;
  const { status } = await kube.request<Pod>({ method: 'GET', path });
  const { webhooks } = await kube.request<Configuration>({ method: 'GET', path: configuration });
  const ca = Buffer.from(webhooks[0]?.clientConfig.caBundle ?? '', 'base64').toString();
  return { program, host: status.podIP, port: 9443, servername: `targetgate-webhook.${home}.svc`, ca };
}

/** Binds an app to a target group, in a namespace that wants gates, and waits until the group's facts are known. */
export async function bindApp(world: World, app: string): Promise<void> {
  const { arn } = await world.makeTargetGroup({ name: app });
  const metadata = { name: app, namespace };
  await world.apply([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: { 'app.kubernetes.io/name': app }, ports: [{ port: 80, targetPort: 'http' }] },
    },
    {
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata,
      spec: { serviceRef: { name: app, port: 80 }, targetGroupARN: arn, targetType: 'ip' },
    },
  ]);
  const path = `/apis/elbv2.k8s.aws/v1beta1/namespaces/${namespace}/targetgroupbindings/${app}`;
  await world.until(`the status of binding ${app} says how its target group drains`, async () => {
    const { status } = await world.kube.request<{ status?: { targetGroup?: object } }>({
      method: 'GET',
      path,
    });
    return status?.targetGroup ? { done: undefined } : { still: JSON.stringify(status) };
  });
}
