import { z } from 'zod';
import { arn, attributes } from './input.ts';
import { balancerOf, groupOf } from './lookup.ts';
import { operation } from './operation.ts';

/** All attributes of the target group. */
export const describeTargetGroupAttributes = operation(
  z.object({ TargetGroupArn: arn('target group') }),
  (input, world) => ({ Attributes: groupOf(world, input.TargetGroupArn).attributes.all() }),
);

/** A new deregistration delay holds for targets deregistered from now on. */
export const modifyTargetGroupAttributes = operation(
  z.object({ TargetGroupArn: arn('target group'), Attributes: attributes }),
  (input, world) => {
    const group = groupOf(world, input.TargetGroupArn);
    group.attributes.set(input.Attributes);
    return { Attributes: group.attributes.all() };
  },
);

/** All attributes of the load balancer. */
export const describeLoadBalancerAttributes = operation(
  z.object({ LoadBalancerArn: arn('load balancer') }),
  (input, world) => ({ Attributes: balancerOf(world, input.LoadBalancerArn).attributes.all() }),
);

/** A new idle timeout holds from the next request on. */
export const modifyLoadBalancerAttributes = operation(
  z.object({ LoadBalancerArn: arn('load balancer'), Attributes: attributes }),
  (input, world) => {
    const balancer = balancerOf(world, input.LoadBalancerArn);
    balancer.attributes.set(input.Attributes);
    return { Attributes: balancer.attributes.all() };
  },
);
