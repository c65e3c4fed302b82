import { createConnections, type Connections } from '../data-plane/connections.ts';
import { createRoutingTable, type RoutingTable } from '../data-plane/routing-table.ts';
import { standingOf } from '../data-plane/standing.ts';
import { draw, hexId, type Random, type Spread } from '../random.ts';
import type { TargetChange } from '../events.ts';
import type { LiveTarget } from '../targets/live-target.ts';
import { keyOf } from '../targets/target-address.ts';
import { healthOf } from '../targets/target-health.ts';
import type { Life } from '../targets/target-life.ts';
import { createTargetSet, type TargetSet } from '../targets/target-set.ts';
import { targetGroupArn, type Scope } from './arn.ts';
import { createAttributes, type Attributes } from './attributes.ts';
import type { HealthCheckSettings } from './health-check-settings.ts';
import type { Protocol } from './protocol.ts';
import type { TargetKind } from './vpc.ts';

/** What a target group is made with and keeps for life. */
export type TargetGroupSettings = TargetKind & {
  readonly name: string;
  readonly protocol: Protocol;
  /** The default port of its targets. */
  readonly port: number;
  readonly vpcId: string;
};

/** One target group: what the API tells of it, its targets, and how requests find them. */
export type TargetGroup = {
  readonly arn: string;
  readonly settings: TargetGroupSettings;
  healthCheck: HealthCheckSettings;
  /** How long new requests still reach a deregistered target, in milliseconds; drawn once per removal. */
  routingLagMs: Spread;
  readonly attributes: Attributes<'Target group'> | Attributes<'Network target group'>;
  readonly tags: Map<string, string>;
  readonly targets: TargetSet;
  readonly routes: RoutingTable;
  readonly connections: Connections;
  /** Ends timers, checks and connections. */
  close(): void;
};

/** How fast the simulated control plane works. */
export type Pace = {
  readonly registrationMs: number;
  /** Of groups that are given none of their own. */
  readonly routingLagMs: Spread;
  readonly healthyLagMs: number;
  /** Whether health checks are made, or each one passes without, for targets that nothing listens on. */
  readonly checks: 'made' | 'assumed';
};

/** Makes a group without targets, which no listener uses yet. */
export function newTargetGroup(
  owner: Scope,
  { settings, healthCheck }: Pick<TargetGroup, 'settings' | 'healthCheck'>,
  world: { readonly pace: Pace; readonly random: Random; record(event: TargetChange): void },
): TargetGroup {
  const { pace, random } = world;
  const attributes =
    settings.protocol === 'HTTP'
      ? createAttributes('Target group')
      : createAttributes('Network target group');
  const connections = createConnections();
  const routes = createRoutingTable({
    healthyLagMs: pace.healthyLagMs,
    removalLagMs: () => draw(group.routingLagMs, random),
  });

  function changed(target: LiveTarget, before: Life, now: number): void {
    const life = target.life();
    routes.update(target.address, standingOf(life), now);
    // What still sends to the target does not know of its deregistration, so it has no drain to end either.
    if (life.phase === 'gone') connections.end(target.address, routes.lagLeft(target.address, now));
    else connections.keep(target.address);
    const change = changeOf(life, before);
    if (change)
      world.record({
        kind: 'target',
        at: now,
        targetGroup: settings.name,
        target: keyOf(target.address),
        ...change,
      });
  }

  const targets = createTargetSet({
    healthCheck: () => group.healthCheck,
    drainMs: () => attributes.seconds('deregistration_delay.timeout_seconds') * 1000,
    registrationMs: pace.registrationMs,
    checks: pace.checks,
    random,
    changed,
  });
  const group: TargetGroup = {
    arn: targetGroupArn(owner, settings.name, hexId(random)),
    settings,
    healthCheck,
    routingLagMs: pace.routingLagMs,
    attributes,
    tags: new Map(),
    targets,
    routes,
    connections,
    close() {
      targets.stop();
      connections.close();
    },
  };
  return group;
}

/** What to report of a change: nothing while only counts within a state have moved. */
function changeOf(life: Life, before: Life): Pick<TargetChange, 'state' | 'reason'> | undefined {
  if (life.phase === 'gone') return { state: 'gone' };
  const health = healthOf(life);
  const former = healthOf(before);
  if (health.State === former.State && health.Reason === former.Reason) return undefined;
  return health.Reason ? { state: health.State, reason: health.Reason } : { state: health.State };
}
