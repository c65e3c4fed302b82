import { keyOf, type TargetAddress } from '../targets/target-address.ts';
import type { Standing } from './standing.ts';

/**
 * Which target a request goes to. It follows the control plane with a lag, as a load balancer's nodes do: after
 * DeregisterTargets has returned, requests still arrive for a while (5 s was too short on an ALB: LBC#1064).
 */
export type RoutingTable = {
  /** The target's standing as the control plane has it from `now` (epoch milliseconds) on. */
  update(target: TargetAddress, standing: Standing, now: number): void;
  /** The next target in turn: of those that serve, or when none does (fail open) of the registered ones. */
  pick(now: number): TargetAddress | undefined;
  /** For how many milliseconds more a removed target gets requests; 0 for one that gets none. */
  lagLeft(target: TargetAddress, now: number): number;
};

type Route = { target: TargetAddress; standing: Standing; pending?: { standing: Standing; from: number } };

/** An empty table. */
export function createRoutingTable(lag: {
  /** From healthy to being routed to. */
  readonly healthyLagMs: number;
  /** From deregistered to being routed to no more; asked once per removal. */
  removalLagMs(): number;
}): RoutingTable {
  const routes = new Map<string, Route>();
  let turn = 0;

  function settle(now: number): void {
    for (const [key, route] of routes) {
      if (route.pending && route.pending.from <= now) {
        route.standing = route.pending.standing;
        delete route.pending;
      }
      if (route.standing === 'none' && !route.pending) routes.delete(key);
    }
  }

  function lagBefore(standing: Standing): number {
    if (standing === 'serving') return lag.healthyLagMs;
    return standing === 'none' ? lag.removalLagMs() : 0;
  }

  return {
    update(target, standing, now) {
      settle(now);
      const route = routes.get(keyOf(target)) ?? { target, standing: 'none' };
      if ((route.pending ?? route).standing === standing) return;
      route.pending = { standing, from: now + lagBefore(standing) };
      routes.set(keyOf(target), route);
      settle(now);
    },
    pick(now) {
      settle(now);
      const all = [...routes.values()];
      const serving = all.filter((route) => route.standing === 'serving');
      const candidates = serving.length > 0 ? serving : all.filter((route) => route.standing === 'reserve');
      turn += 1;
      return candidates[turn % candidates.length]?.target;
    },
    lagLeft(target, now) {
      const pending = routes.get(keyOf(target))?.pending;
      return pending?.standing === 'none' ? Math.max(0, pending.from - now) : 0;
    },
  };
}
