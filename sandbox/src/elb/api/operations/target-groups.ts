import type {
  CreateTargetGroupOutput,
  DescribeTargetGroupsOutput,
  ModifyTargetGroupOutput,
  TargetGroup as TargetGroupFields,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ElbError, targetGroupNotFound } from '../../errors.ts';
import { changedHealthCheck, newHealthCheck, sameCheck } from '../../model/health-check-settings.ts';
import type { Scope } from '../../model/arn.ts';
import { protocols } from '../../model/protocol.ts';
import { newTargetGroup, type TargetGroup } from '../../model/target-group.ts';
import { balancersOf, within, type World } from '../../model/world.ts';
import { healthCheckInput, healthCheckOf } from './health-check-input.ts';
import { arn, list, name, only, page, port, tags } from './input.ts';
import { balancerOf, groupOf } from './lookup.ts';
import { operation } from './operation.ts';
import { pageOf } from './paging.ts';

/** Creating a group that exists already with the same settings gives that group, as in AWS. */
export const createTargetGroup = operation(
  z.object({
    Name: name,
    Protocol: only(...protocols),
    ProtocolVersion: only('HTTP1').optional(),
    Port: port,
    VpcId: z.string().default('vpc-0123456789abcdef0'),
    TargetType: only('ip', 'instance').default('instance'),
    IpAddressType: only('ipv4', 'ipv6').default('ipv4'),
    Tags: tags.default([]),
    ...healthCheckInput,
  }),
  (input, world, caller): CreateTargetGroupOutput => {
    const settings = {
      name: input.Name,
      protocol: input.Protocol,
      port: input.Port,
      vpcId: input.VpcId,
      targetType: input.TargetType,
      ipAddressType: input.IpAddressType,
    };
    const healthCheck = newHealthCheck(input.Protocol, healthCheckOf(input));
    const twin = within(caller, world.groups).find((group) => group.settings.name === input.Name);
    if (twin && isDeepStrictEqual(twin.settings, settings) && sameCheck(twin.healthCheck, healthCheck)) {
      return { TargetGroups: [describe(world, twin)] };
    }
    if (twin) {
      const message = `A target group with the same name '${input.Name}' exists, but with different settings`;
      throw new ElbError('DuplicateTargetGroupName', message);
    }
    const group = newTargetGroup(caller, { settings, healthCheck }, world);
    for (const { Key, Value } of input.Tags) group.tags.set(Key, Value);
    world.groups.set(group.arn, group);
    return { TargetGroups: [describe(world, group)] };
  },
);

/** By load balancer, by ARN or by name, or all; the first that is given counts. */
export const describeTargetGroups = operation(
  z.object({
    LoadBalancerArn: arn('load balancer').optional(),
    TargetGroupArns: list(arn('target group')).optional(),
    Names: list(z.string()).optional(),
    ...page,
  }),
  (input, world, caller): DescribeTargetGroupsOutput => {
    const { items, ...more } = pageOf(selectGroups(input, world, caller), input);
    return { TargetGroups: items.map((group) => describe(world, group)), ...more };
  },
);

type Selection = {
  LoadBalancerArn?: string | undefined;
  TargetGroupArns?: string[] | undefined;
  Names?: string[] | undefined;
};

function selectGroups(selection: Selection, world: World, caller: Scope): TargetGroup[] {
  const { LoadBalancerArn, TargetGroupArns, Names } = selection;
  const all = within(caller, world.groups);
  if (LoadBalancerArn !== undefined) {
    const balancer = balancerOf(world, LoadBalancerArn);
    return all.filter((group) => balancersOf(world, group).includes(balancer));
  }
  if (TargetGroupArns?.length) return TargetGroupArns.map((wanted) => groupOf(world, wanted));
  if (!Names?.length) return all;
  return Names.map((wanted) => {
    const group = all.find((each) => each.settings.name === wanted);
    if (!group) throw targetGroupNotFound();
    return group;
  });
}

/** The new health check holds from each target's next check on. */
export const modifyTargetGroup = operation(
  z.object({ TargetGroupArn: arn('target group'), ...healthCheckInput }),
  (input, world): ModifyTargetGroupOutput => {
    const group = groupOf(world, input.TargetGroupArn);
    group.healthCheck = changedHealthCheck(group.healthCheck, healthCheckOf(input));
    return { TargetGroups: [describe(world, group)] };
  },
);

/** Refused while a listener forwards to the group; deleting one that does not exist succeeds. */
export const deleteTargetGroup = operation(
  z.object({ TargetGroupArn: arn('target group') }),
  (input, world) => {
    const group = world.groups.get(input.TargetGroupArn);
    if (!group) return {};
    if (balancersOf(world, group).length > 0) {
      throw new ElbError(
        'ResourceInUse',
        `Target group '${group.arn}' is currently in use by a listener or a rule`,
      );
    }
    world.groups.delete(group.arn);
    group.close();
    return {};
  },
);

function describe(world: World, group: TargetGroup): TargetGroupFields {
  const { settings, healthCheck: check } = group;
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: settings.name,
    Protocol: settings.protocol,
    ProtocolVersion: settings.protocol === 'HTTP' ? 'HTTP1' : undefined,
    Port: settings.port,
    VpcId: settings.vpcId,
    TargetType: settings.targetType,
    IpAddressType: settings.ipAddressType,
    LoadBalancerArns: balancersOf(world, group).map((balancer) => balancer.arn),
    HealthCheckEnabled: true,
    HealthCheckProtocol: check.protocol,
    HealthCheckPath: check.protocol === 'HTTP' ? check.path : undefined,
    HealthCheckPort: String(check.port),
    HealthCheckIntervalSeconds: check.intervalSeconds,
    HealthCheckTimeoutSeconds: check.timeoutSeconds,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    Matcher: check.protocol === 'HTTP' ? { HttpCode: check.matcher } : undefined,
  };
}
