import { validationError } from '../errors.ts';

type Attribute = { readonly initial: string; readonly range?: readonly [min: number, max: number] };

/** Attributes by key. Only the delay and the idle timeout have an effect here; the others are kept and told. */
const known = {
  'Target group': {
    'deregistration_delay.timeout_seconds': { initial: '300', range: [0, 3600] },
    'load_balancing.algorithm.type': { initial: 'round_robin' },
    'load_balancing.cross_zone.enabled': { initial: 'use_load_balancer_configuration' },
    'slow_start.duration_seconds': { initial: '0', range: [0, 900] },
    'stickiness.enabled': { initial: 'false' },
    'stickiness.type': { initial: 'lb_cookie' },
    'target_group_health.dns_failover.minimum_healthy_targets.count': { initial: '1' },
    'target_group_health.dns_failover.minimum_healthy_targets.percentage': { initial: 'off' },
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': { initial: '1' },
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': { initial: 'off' },
  },
  'Network target group': {
    'deregistration_delay.connection_termination.enabled': { initial: 'false' },
    'deregistration_delay.timeout_seconds': { initial: '300', range: [0, 3600] },
    'load_balancing.cross_zone.enabled': { initial: 'use_load_balancer_configuration' },
    'preserve_client_ip.enabled': { initial: 'false' },
    'proxy_protocol_v2.enabled': { initial: 'false' },
    'stickiness.enabled': { initial: 'false' },
    'stickiness.type': { initial: 'source_ip' },
    'target_group_health.dns_failover.minimum_healthy_targets.count': { initial: '1' },
    'target_group_health.dns_failover.minimum_healthy_targets.percentage': { initial: 'off' },
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': { initial: '1' },
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': { initial: 'off' },
  },
  'Load balancer': {
    'client_keep_alive.seconds': { initial: '3600', range: [60, 604_800] },
    'deletion_protection.enabled': { initial: 'false' },
    'idle_timeout.timeout_seconds': { initial: '60', range: [1, 4000] },
    'load_balancing.cross_zone.enabled': { initial: 'true' },
    'routing.http2.enabled': { initial: 'true' },
  },
  'Network load balancer': {
    'deletion_protection.enabled': { initial: 'false' },
    'dns_record.client_routing_policy': { initial: 'any_availability_zone' },
    'load_balancing.cross_zone.enabled': { initial: 'false' },
  },
} as const satisfies Record<string, Record<string, Attribute>>;

type Owner = keyof typeof known;

/** The attributes of one resource. */
export type Attributes<O extends Owner> = {
  all(): readonly { readonly Key: string; readonly Value: string }[];
  /** The value in seconds. */
  seconds(key: Extract<keyof (typeof known)[O], `${string}_seconds`>): number;
  /** Sets them all, or none. @throws ElbError ValidationError: unknown key, or a value out of range. */
  set(changes: readonly { readonly Key: string; readonly Value: string }[]): void;
};

/** The attributes of a new resource: AWS's defaults. */
export function createAttributes<O extends Owner>(owner: O): Attributes<O> {
  const attributes: Record<string, Attribute> = known[owner];
  const values = new Map(Object.entries(attributes).map(([key, { initial }]) => [key, initial]));

  function check(key: string, value: string): void {
    const attribute = attributes[key];
    if (!attribute) throw validationError(`${owner} attribute key '${key}' is not recognized`);
    const [min, max] = attribute.range ?? [-Infinity, Infinity];
    if (attribute.range && !(/^\d+$/.test(value) && Number(value) >= min && Number(value) <= max)) {
      throw validationError(
        `'${value}' is not a valid value for '${key}': it must be between ${min} and ${max}`,
      );
    }
  }

  return {
    all: () => [...values].map(([Key, Value]) => ({ Key, Value })),
    seconds: (key) => Number(values.get(key)),
    set(changes) {
      for (const { Key, Value } of changes) check(Key, Value);
      for (const { Key, Value } of changes) values.set(Key, Value);
    },
  };
}
