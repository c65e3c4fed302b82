import type { TargetChange } from '../events.ts';
import type { Random } from '../random.ts';
import type { AccountBox } from './account.ts';
import { isWithin, type Scope } from './arn.ts';
import type { Listener, LoadBalancer } from './load-balancer.ts';
import type { Sessions } from './roles.ts';
import type { Pace, TargetGroup } from './target-group.ts';

/** Everything that exists in the simulated accounts, and what new things are made with. */
export type World = {
  /** By ARN, in order of creation. */
  readonly groups: Map<string, TargetGroup>;
  /** By ARN, in order of creation. */
  readonly balancers: Map<string, LoadBalancer>;
  readonly account: AccountBox;
  readonly sessions: Sessions;
  readonly pace: Pace;
  readonly random: Random;
  /** A loopback address for the next load balancer. */
  nextAddress(): string;
  record(event: TargetChange): void;
};

/** Those of the resources that belong to a scope, in order of creation: a call sees no others. */
export const within = <R>(scope: Scope, resources: ReadonlyMap<string, R>): R[] =>
  [...resources].filter(([arn]) => isWithin(arn, scope)).map(([, resource]) => resource);

/** The load balancers with a listener that forwards to the group. */
export const balancersOf = (world: World, group: TargetGroup): LoadBalancer[] =>
  [...world.balancers.values()].filter((balancer) =>
    [...balancer.listeners.values()].some(({ forwards }) =>
      forwards.some((forward) => forward.group === group),
    ),
  );

/** Makes a listener forward elsewhere. Targets that no listener leads to any more become unused, those of its groups are used. */
export function setForwards(world: World, listener: Listener, forwards: Listener['forwards']): void {
  const concerned = new Set([...listener.forwards, ...forwards].map(({ group }) => group));
  listener.forwards = forwards;
  for (const group of concerned) group.targets.setInUse(balancersOf(world, group).length > 0);
}

/** Closes the listener; its groups' targets become unused when no other listener forwards to them. */
export async function removeListener(world: World, balancer: LoadBalancer, arn: string): Promise<void> {
  const listener = balancer.listeners.get(arn);
  if (!listener) return;
  balancer.listeners.delete(arn);
  setForwards(world, listener, []);
  await listener.close();
}

/** Ends all that runs: ports, checks, timers, connections. */
export async function closeWorld(world: World): Promise<void> {
  const listeners = [...world.balancers.values()].flatMap((balancer) => [...balancer.listeners.values()]);
  await Promise.all(listeners.map((listener) => listener.close()));
  for (const group of world.groups.values()) group.close();
}
