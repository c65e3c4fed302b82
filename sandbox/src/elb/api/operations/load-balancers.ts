import type {
  CreateLoadBalancerOutput,
  DescribeLoadBalancersOutput,
  LoadBalancer as LoadBalancerFields,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { ElbError, loadBalancerNotFound } from '../../errors.ts';
import { loadBalancerArn } from '../../model/arn.ts';
import { createAttributes } from '../../model/attributes.ts';
import type { LoadBalancer } from '../../model/load-balancer.ts';
import { removeListener, within } from '../../model/world.ts';
import { hexId } from '../../random.ts';
import { arn, list, name, only, page, tags } from './input.ts';
import { balancerOf } from './lookup.ts';
import { operation } from './operation.ts';
import { pageOf } from './paging.ts';

/** Subnets and security groups have no meaning here and are not asked for. It is active at once. */
export const createLoadBalancer = operation(
  z.object({
    Name: name,
    Scheme: only('internet-facing', 'internal').default('internet-facing'),
    Type: only('application', 'network').default('application'),
    IpAddressType: only('ipv4').optional(),
    Tags: tags.default([]),
  }),
  (input, world, caller): CreateLoadBalancerOutput => {
    const twin = within(caller, world.balancers).find((balancer) => balancer.name === input.Name);
    if (twin?.scheme === input.Scheme && twin.type === input.Type) return { LoadBalancers: [describe(twin)] };
    if (twin) {
      const message = `A load balancer with the same name '${input.Name}' exists, but with different settings`;
      throw new ElbError('DuplicateLoadBalancerName', message);
    }
    const balancer: LoadBalancer = {
      arn: loadBalancerArn(caller, input.Type, { name: input.Name, id: hexId(world.random) }),
      name: input.Name,
      scheme: input.Scheme,
      createdAt: new Date(),
      address: world.nextAddress(),
      ...(input.Type === 'network'
        ? { type: input.Type, attributes: createAttributes('Network load balancer') }
        : { type: input.Type, attributes: createAttributes('Load balancer') }),
      tags: new Map(input.Tags.map(({ Key, Value }) => [Key, Value])),
      listeners: new Map(),
    };
    world.balancers.set(balancer.arn, balancer);
    return { LoadBalancers: [describe(balancer)] };
  },
);

/** By ARN and by name, or all. */
export const describeLoadBalancers = operation(
  z.object({
    LoadBalancerArns: list(arn('load balancer')).optional(),
    Names: list(z.string()).optional(),
    ...page,
  }),
  (input, world, caller): DescribeLoadBalancersOutput => {
    const all = within(caller, world.balancers);
    const byName = (wanted: string): LoadBalancer => {
      const balancer = all.find((each) => each.name === wanted);
      if (!balancer) throw loadBalancerNotFound();
      return balancer;
    };
    const { LoadBalancerArns: arns = [], Names: names = [] } = input;
    const asked = [...arns.map((wanted) => balancerOf(world, wanted)), ...names.map(byName)];
    const { items, ...more } = pageOf(arns.length + names.length > 0 ? asked : all, input);
    return { LoadBalancers: items.map(describe), ...more };
  },
);

/** Deletes its listeners too. Deleting a load balancer that does not exist succeeds. */
export const deleteLoadBalancer = operation(
  z.object({ LoadBalancerArn: arn('load balancer') }),
  async (input, world) => {
    const balancer = world.balancers.get(input.LoadBalancerArn);
    if (!balancer) return {};
    world.balancers.delete(balancer.arn);
    for (const listener of [...balancer.listeners.keys()]) await removeListener(world, balancer, listener);
    return {};
  },
);

function describe(balancer: LoadBalancer): LoadBalancerFields {
  return {
    LoadBalancerArn: balancer.arn,
    LoadBalancerName: balancer.name,
    DNSName: balancer.address,
    CreatedTime: balancer.createdAt,
    Scheme: balancer.scheme,
    VpcId: 'vpc-0123456789abcdef0',
    State: { Code: 'active' },
    Type: balancer.type,
    IpAddressType: 'ipv4',
  };
}
