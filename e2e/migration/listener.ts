import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { MadeTargetGroup, World } from '@targetgate/sandbox/world';

/** The listener of a target group's own load balancer. */
export async function listenerOf({ elb }: World, { name }: MadeTargetGroup): Promise<string> {
  const { LoadBalancers } = await elb.send(new DescribeLoadBalancersCommand({ Names: [name] }));
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
  const { Listeners } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
  const arn = Listeners?.[0]?.ListenerArn;
  if (arn === undefined) throw new Error(`the load balancer ${name} has no listener`);
  return arn;
}

/** Makes a listener share its requests between target groups, by weight. */
export async function shareRequests(
  { elb }: World,
  listener: string,
  shares: readonly (readonly [group: MadeTargetGroup, weight: number])[],
): Promise<void> {
  const TargetGroups = shares.map(([{ arn }, weight]) => ({ TargetGroupArn: arn, Weight: weight }));
  await elb.send(
    new ModifyListenerCommand({
      ListenerArn: listener,
      DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
    }),
  );
}
