import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ModifyTargetGroupAttributesCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Spread } from '../elb/index.ts';
import { control } from './control.ts';

/** A target group to make, with a load balancer of its own. */
export interface TargetGroupOptions {
  readonly name: string;
  /** The port of targets that name none (default 8080). */
  readonly port?: number;
  /** Default `ip`. */
  readonly targetType?: 'ip' | 'instance';
  /** Default HTTP; any other has a network load balancer and TCP health checks, and datagrams are not forwarded. */
  readonly protocol?: 'HTTP' | 'TCP' | 'UDP' | 'TCP_UDP';
  /** Default `ipv4`. */
  readonly ipAddressType?: 'ipv4' | 'ipv6';
  readonly tags?: Readonly<Record<string, string>>;
  /** Default 2; AWS itself takes 5 and more. */
  readonly healthCheckIntervalSeconds?: number;
  /** Of HTTP groups (default `/healthz`). */
  readonly healthCheckPath?: string;
  /** Default 10. */
  readonly deregistrationDelaySeconds?: number;
  /** How long new requests still reach a deregistered target (default: the world's); of a pair, evenly drawn. */
  readonly routingLagMs?: Spread;
  /** Whether a listener forwards to it from the start (default true); without one, its targets are not in use. */
  readonly attached?: boolean;
  /** Makes it in the account and region of this client (default: the world's own). */
  readonly elb?: ElasticLoadBalancingV2Client;
}

/** A target group and its load balancer. */
export interface MadeTargetGroup {
  readonly arn: string;
  readonly name: string;
  /** Where its load balancer listens, once it is attached: `http://127.x.y.z:8080`. */
  readonly url: string;
  /** Makes the listener that forwards to it; does nothing where there is one. */
  attach(): Promise<void>;
}

/** Ports below 1024 are for root alone. */
const listenerPort = 8080;

/**
 * Makes a load balancer, a listener and a target group of one name, through the API as any user would; only its
 * routing lag is set where the simulator, at `endpoint`, is told what AWS tells nobody.
 */
export async function makeTargetGroup(
  endpoint: string,
  { elb, ...options }: TargetGroupOptions & { readonly elb: ElasticLoadBalancingV2Client },
): Promise<MadeTargetGroup> {
  const { name, protocol = 'HTTP', deregistrationDelaySeconds = 10, routingLagMs, attached = true } = options;
  const arn = await createGroup(elb, options);
  if (routingLagMs !== undefined) await control(endpoint, 'routing-lags', { [arn]: routingLagMs });
  await elb.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: arn,
      Attributes: [
        { Key: 'deregistration_delay.timeout_seconds', Value: String(deregistrationDelaySeconds) },
      ],
    }),
  );
  const type = protocol === 'HTTP' ? 'application' : 'network';
  const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ Name: name, Type: type }));
  const attach = async (): Promise<void> => {
    await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: present(LoadBalancers?.[0]?.LoadBalancerArn),
        Protocol: protocol,
        Port: listenerPort,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: arn }],
      }),
    );
  };
  if (attached) await attach();
  return { arn, name, url: `http://${present(LoadBalancers?.[0]?.DNSName)}:${listenerPort}`, attach };
}

async function createGroup(elb: ElasticLoadBalancingV2Client, options: TargetGroupOptions): Promise<string> {
  const { name, port = 8080, targetType = 'ip', protocol = 'HTTP', ipAddressType, tags = {} } = options;
  const { healthCheckPath = '/healthz', healthCheckIntervalSeconds = 2 } = options;
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name: name,
      Protocol: protocol,
      Port: port,
      VpcId: 'vpc-0123456789abcdef0',
      TargetType: targetType,
      IpAddressType: ipAddressType,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      ...(protocol === 'HTTP' && { HealthCheckPath: healthCheckPath }),
      HealthCheckIntervalSeconds: healthCheckIntervalSeconds,
    }),
  );
  return present(TargetGroups?.[0]?.TargetGroupArn);
}

/** The SDK's types leave out what ELB always answers. */
function present(value: string | undefined): string {
  if (value === undefined) throw new Error('the answer of the ELB API lacks a field that it always has');
  return value;
}
