import {
  ElasticLoadBalancingV2,
  type CreateTargetGroupInput,
  type ElasticLoadBalancingV2ClientConfig,
  type TargetHealth,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { freePort } from '../../control-plane/free-port.ts';
import { region } from '../../region.ts';
import {
  startElb,
  type AccountChanges,
  type ElbEvent,
  type ElbOptions,
  type TargetChange,
} from '../index.ts';
import { startApp, type App } from './app.ts';

/** A simulator and the real SDK's client for it, quick enough for tests; `await using` closes it all. */
export type Bench = AsyncDisposable & {
  readonly endpoint: string;
  readonly sdk: ElasticLoadBalancingV2;
  /** Another client: with other credentials, or in another region. */
  client(config: Partial<ElasticLoadBalancingV2ClientConfig>): ElasticLoadBalancingV2;
  readonly events: readonly ElbEvent[];
  /** Changes what ELB knows of instances, VPC, quotas and roles, by the control endpoint. */
  account(changes: AccountChanges): Promise<void>;
  /** A healthy app that ends with the bench. */
  app(): Promise<App>;
  /** A target group with 1 s health checks; its ARN. */
  group(name: string, changes?: Partial<CreateTargetGroupInput>): Promise<string>;
  /** A load balancer whose listener forwards to the group. */
  expose(groupArn: string): Promise<{ url: string; balancerArn: string; listenerArn: string }>;
  register(groupArn: string, ...ports: number[]): Promise<void>;
  deregister(groupArn: string, ...ports: number[]): Promise<void>;
  /** What DescribeTargetHealth says of the target 127.0.0.1:port. */
  health(groupArn: string, port: number): Promise<TargetHealth | undefined>;
  /** Waits until a target (of 127.0.0.1, where it is a port) has come to this state since `bench` was opened. */
  reached(
    target: number | `${string}:${number}`,
    state: TargetChange['state'],
    reason?: string,
  ): Promise<void>;
};

let opened = 0;

/** A base for this bench alone: process ids keep test processes apart, which run side by side. */
function ownAddresses(): string {
  opened += 1;
  return `127.${64 + ((process.pid >>> 8) % 64)}.${process.pid % 256}.${opened * 4}`;
}

/** Opens a bench; its registration takes 300 ms, its routing lag as long. */
export async function openBench(options: ElbOptions = {}): Promise<Bench> {
  const events: ElbEvent[] = [];
  const waiting = new Set<() => void>();
  const elb = await startElb({
    addresses: ownAddresses(),
    registrationMs: 300,
    routingLagMs: 300,
    healthyLagMs: 0,
    ...options,
    record(event) {
      events.push(event);
      for (const look of waiting) look();
    },
  });
  const clients: ElasticLoadBalancingV2[] = [];
  function client(config: Partial<ElasticLoadBalancingV2ClientConfig>): ElasticLoadBalancingV2 {
    const made = new ElasticLoadBalancingV2({
      endpoint: elb.endpoint,
      region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
      ...config,
    });
    clients.push(made);
    return made;
  }
  const sdk = client({});
  const apps: App[] = [];
  const targets = (ports: number[]) => ports.map((Port) => ({ Id: '127.0.0.1', Port }));

  return {
    endpoint: elb.endpoint,
    sdk,
    client,
    events,
    async account(changes) {
      const body = JSON.stringify(changes);
      const answer = await fetch(`${elb.endpoint}/_sandbox/account`, { method: 'PUT', body });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async app() {
      const app = await startApp();
      apps.push(app);
      return app;
    },
    async group(Name, changes = {}) {
      const { TargetGroups } = await sdk.createTargetGroup({
        Name,
        Protocol: 'HTTP',
        Port: 8080,
        TargetType: 'ip',
        HealthCheckPath: '/health',
        HealthCheckIntervalSeconds: 1,
        ...changes,
      });
      return TargetGroups?.[0]?.TargetGroupArn ?? '';
    },
    async expose(TargetGroupArn) {
      const { LoadBalancers } = await sdk.createLoadBalancer({ Name: 'lb' });
      const { LoadBalancerArn = '', DNSName = '' } = LoadBalancers?.[0] ?? {};
      const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
      const Port = await freePort(10_000);
      const listener = { LoadBalancerArn, Protocol: 'HTTP', Port, DefaultActions } as const;
      const { Listeners } = await sdk.createListener(listener);
      const listenerArn = Listeners?.[0]?.ListenerArn ?? '';
      return { url: `http://${DNSName}:${Port}/`, balancerArn: LoadBalancerArn, listenerArn };
    },
    async register(TargetGroupArn, ...ports) {
      await sdk.registerTargets({ TargetGroupArn, Targets: targets(ports) });
    },
    async deregister(TargetGroupArn, ...ports) {
      await sdk.deregisterTargets({ TargetGroupArn, Targets: targets(ports) });
    },
    async health(TargetGroupArn, port) {
      const found = await sdk.describeTargetHealth({ TargetGroupArn, Targets: targets([port]) });
      return found.TargetHealthDescriptions?.[0]?.TargetHealth;
    },
    reached(target, state, reason) {
      const key = typeof target === 'number' ? `127.0.0.1:${target}` : target;
      const isIt = (event: ElbEvent): boolean =>
        event.kind === 'target' &&
        event.target === key &&
        event.state === state &&
        (reason === undefined || event.reason === reason);
      return new Promise((resolve) => {
        const look = (): void => {
          if (!events.some(isIt)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    },
    async [Symbol.asyncDispose]() {
      for (const each of clients) each.destroy();
      await elb.close();
      await Promise.all(apps.map((app) => app.close()));
    },
  };
}
