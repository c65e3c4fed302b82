import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ModifyTargetGroupAttributesCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** A target group to make, with a load balancer of its own. */
export interface TargetGroupOptions {
  readonly name: string;
  /** The port of targets that name none (default 8080). */
  readonly port?: number;
  /** Default `ip`. */
  readonly targetType?: 'ip' | 'instance';
  /** Default 2; AWS itself takes 5 and more. */
  readonly healthCheckIntervalSeconds?: number;
  /** Default `/healthz`. */
  readonly healthCheckPath?: string;
  /** Default 10. */
  readonly deregistrationDelaySeconds?: number;
}

/** A target group behind a load balancer. */
export interface MadeTargetGroup {
  readonly arn: string;
  readonly name: string;
  /** Where its load balancer listens: `http://127.x.y.z:8080`. */
  readonly url: string;
}

/** Ports below 1024 are for root alone. */
const listenerPort = 8080;

/** Makes a load balancer, a listener and a target group of one name, through the API as any user would. */
export async function makeTargetGroup(
  elb: ElasticLoadBalancingV2Client,
  options: TargetGroupOptions,
): Promise<MadeTargetGroup> {
  const { name, port = 8080, targetType = 'ip', healthCheckPath = '/healthz' } = options;
  const { healthCheckIntervalSeconds = 2, deregistrationDelaySeconds = 10 } = options;
  const group = await elb.send(
    new CreateTargetGroupCommand({
      Name: name,
      Protocol: 'HTTP',
      Port: port,
      VpcId: 'vpc-sandbox',
      TargetType: targetType,
      HealthCheckPath: healthCheckPath,
      HealthCheckIntervalSeconds: healthCheckIntervalSeconds,
    }),
  );
  const arn = present(group.TargetGroups?.[0]?.TargetGroupArn);
  await elb.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: arn,
      Attributes: [
        { Key: 'deregistration_delay.timeout_seconds', Value: String(deregistrationDelaySeconds) },
      ],
    }),
  );
  const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ Name: name }));
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: present(LoadBalancers?.[0]?.LoadBalancerArn),
      Protocol: 'HTTP',
      Port: listenerPort,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: arn }],
    }),
  );
  return { arn, name, url: `http://${present(LoadBalancers?.[0]?.DNSName)}:${listenerPort}` };
}

/** The SDK's types leave out what ELB always answers. */
function present(value: string | undefined): string {
  if (value === undefined) throw new Error('the answer of the ELB API lacks a field that it always has');
  return value;
}
