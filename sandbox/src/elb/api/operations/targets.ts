import type {
  DescribeTargetHealthOutput,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { ElbError } from '../../errors.ts';
import type { TargetGroup } from '../../model/target-group.ts';
import { keyOf } from '../../targets/target-address.ts';
import { healthOf } from '../../targets/target-health.ts';
import { unborn, type Life } from '../../targets/target-life.ts';
import { arn, list, port } from './input.ts';
import { groupOf } from './lookup.ts';
import { operation } from './operation.ts';

/** AWS's default quota: targets per target group. */
const defaultQuota = 1000;
const maxBatch = 200;

const target = z.object({
  Id: z.string().min(1),
  Port: port.optional(),
  AvailabilityZone: z.string().optional(),
});
const batch = z.object({
  TargetGroupArn: arn('target group'),
  Targets: list(target).refine((targets) => targets.length > 0 && targets.length <= maxBatch, {
    error: () => `a call takes 1 to ${maxBatch} targets`,
  }),
});

/** The target as the call means it: without a port, the group's default one. */
function requested(group: TargetGroup, { Id, Port, AvailabilityZone }: z.output<typeof target>) {
  const identity = { id: Id, port: Port ?? group.settings.port };
  return AvailabilityZone === undefined ? identity : { ...identity, zone: AvailabilityZone };
}

/** All or nothing: one bad target fails the whole batch. A registered target stays as it is. */
export const registerTargets = operation(batch, (input, world) => {
  const group = groupOf(world, input.TargetGroupArn);
  const addresses = input.Targets.map((each) =>
    world.account.vpc().locate(requested(group, each), group.settings),
  );
  const registered = group.targets.list().filter((each) => each.life().phase !== 'draining');
  const after = new Set([...registered.map((each) => keyOf(each.address)), ...addresses.map(keyOf)]);
  const quota = world.account.get().targetsPerGroup[group.settings.name] ?? defaultQuota;
  if (after.size > quota) {
    throw new ElbError('TooManyTargets', `You have reached the limit of ${quota} targets per target group`);
  }
  group.targets.register(addresses);
  return {};
});

/** Deregistering a target that is not registered succeeds. */
export const deregisterTargets = operation(batch, (input, world) => {
  const group = groupOf(world, input.TargetGroupArn);
  group.targets.deregister(input.Targets.map((each) => keyOf(requested(group, each))));
  return {};
});

/** The health of all targets, or of those asked for: an unknown one is `unused`, Target.NotRegistered. */
export const describeTargetHealth = operation(
  z.object({ TargetGroupArn: arn('target group'), Targets: list(target).optional() }),
  (input, world): DescribeTargetHealthOutput => {
    const group = groupOf(world, input.TargetGroupArn);
    const live = group.targets.list().map((each) => describe(group, each.address, each.life()));
    if (!input.Targets?.length) return { TargetHealthDescriptions: live };
    const asked = input.Targets.map((each) => {
      const wanted = requested(group, each);
      const found = group.targets.find(keyOf(wanted));
      return describe(group, found?.address ?? wanted, found?.life() ?? unborn);
    });
    return { TargetHealthDescriptions: asked };
  },
);

function describe(
  group: TargetGroup,
  { id, port: Port, zone }: { readonly id: string; readonly port: number; readonly zone?: string },
  life: Life,
): TargetHealthDescription {
  const checkPort = group.healthCheck.port === 'traffic-port' ? Port : group.healthCheck.port;
  return {
    Target: { Id: id, Port, AvailabilityZone: zone },
    HealthCheckPort: String(checkPort),
    TargetHealth: healthOf(life),
  };
}
