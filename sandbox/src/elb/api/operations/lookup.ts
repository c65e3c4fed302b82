import { listenerNotFound, loadBalancerNotFound, targetGroupNotFound } from '../../errors.ts';
import type { Listener, LoadBalancer } from '../../model/load-balancer.ts';
import type { TargetGroup } from '../../model/target-group.ts';
import type { World } from '../../model/world.ts';

/** The target group. @throws ElbError TargetGroupNotFound. */
export function groupOf(world: World, arn: string): TargetGroup {
  const group = world.groups.get(arn);
  if (!group) throw targetGroupNotFound();
  return group;
}

/** The load balancer. @throws ElbError LoadBalancerNotFound. */
export function balancerOf(world: World, arn: string): LoadBalancer {
  const balancer = world.balancers.get(arn);
  if (!balancer) throw loadBalancerNotFound();
  return balancer;
}

/** The listener and its load balancer. @throws ElbError ListenerNotFound. */
export function listenerOf(world: World, arn: string): { listener: Listener; balancer: LoadBalancer } {
  for (const balancer of world.balancers.values()) {
    const listener = balancer.listeners.get(arn);
    if (listener) return { listener, balancer };
  }
  throw listenerNotFound();
}
