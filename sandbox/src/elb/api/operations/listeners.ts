import type {
  CreateListenerOutput,
  DescribeListenersOutput,
  Listener as ListenerFields,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { openPort } from '../../data-plane/open-port.ts';
import { ElbError, validationError } from '../../errors.ts';
import { listenerArn } from '../../model/arn.ts';
import type { Listener, LoadBalancer } from '../../model/load-balancer.ts';
import { balancerTypeOf, groupProtocols, protocols } from '../../model/protocol.ts';
import { removeListener } from '../../model/world.ts';
import { hexId } from '../../random.ts';
import { arn, list, only, page, port, tags } from './input.ts';
import { balancerOf, groupOf, listenerOf } from './lookup.ts';
import { operation } from './operation.ts';
import { pageOf } from './paging.ts';

/** Forwarding to one target group, in either of the two ways to say it. */
const forwardAction = z
  .object({
    Type: only('forward'),
    TargetGroupArn: arn('target group').optional(),
    ForwardConfig: z
      .object({ TargetGroups: list(z.object({ TargetGroupArn: arn('target group') })).optional() })
      .optional(),
  })
  .transform(
    (action) =>
      action.ForwardConfig?.TargetGroups?.map((each) => each.TargetGroupArn) ?? [action.TargetGroupArn],
  );

/** Opens the port. Creating a listener again with the same target group gives the one that exists. */
export const createListener = operation(
  z.object({
    LoadBalancerArn: arn('load balancer'),
    Protocol: only(...protocols),
    Port: port,
    DefaultActions: list(forwardAction),
    Tags: tags.default([]),
  }),
  async (input, world): Promise<CreateListenerOutput> => {
    const balancer = balancerOf(world, input.LoadBalancerArn);
    const [target, ...others] = input.DefaultActions.flat();
    if (target === undefined || others.length > 0) {
      throw validationError('the simulator forwards to exactly one target group');
    }
    const group = groupOf(world, target);
    if (balancerTypeOf(input.Protocol) !== balancer.type)
      throw validationError(`A load balancer of type '${balancer.type}' has no ${input.Protocol} listeners`);
    if (!groupProtocols[input.Protocol].includes(group.settings.protocol)) {
      const message = `Listener protocol '${input.Protocol}' is not supported with a target group with target protocol '${group.settings.protocol}'`;
      throw new ElbError('IncompatibleProtocols', message);
    }
    const twin = [...balancer.listeners.values()].find((listener) => listener.port === input.Port);
    if (twin?.group === group) return { Listeners: [describe(balancer, twin)] };
    if (twin)
      throw new ElbError(
        'DuplicateListener',
        'A listener already exists on this port for this load balancer',
      );

    const port = { protocol: input.Protocol, port: input.Port, group };
    const close = await openPort(balancer, port).catch((error: unknown) => {
      throw new ElbError(
        'ServiceUnavailable',
        `cannot listen on ${balancer.address}:${input.Port}: ${String(error)}`,
      );
    });
    const listener: Listener = {
      arn: listenerArn(balancer.arn, hexId(world.random)),
      ...port,
      tags: new Map(input.Tags.map(({ Key, Value }) => [Key, Value])),
      close,
    };
    balancer.listeners.set(listener.arn, listener);
    group.targets.setInUse(true);
    return { Listeners: [describe(balancer, listener)] };
  },
);

/** Of a load balancer, or by ARN. */
export const describeListeners = operation(
  z.object({
    LoadBalancerArn: arn('load balancer').optional(),
    ListenerArns: list(arn('listener')).optional(),
    ...page,
  }),
  (input, world): DescribeListenersOutput => {
    if (input.LoadBalancerArn !== undefined) {
      const balancer = balancerOf(world, input.LoadBalancerArn);
      const { items, ...more } = pageOf([...balancer.listeners.values()], input);
      return { Listeners: items.map((listener) => describe(balancer, listener)), ...more };
    }
    if (!input.ListenerArns?.length)
      throw validationError('You must specify either listener ARNs or a load balancer ARN');
    const found = input.ListenerArns.map((wanted) => listenerOf(world, wanted));
    return { Listeners: found.map(({ balancer, listener }) => describe(balancer, listener)) };
  },
);

/** Closes the port; targets that no other listener leads to become unused. */
export const deleteListener = operation(z.object({ ListenerArn: arn('listener') }), async (input, world) => {
  const { balancer, listener } = listenerOf(world, input.ListenerArn);
  await removeListener(world, balancer, listener.arn);
  return {};
});

function describe(balancer: LoadBalancer, listener: Listener): ListenerFields {
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: balancer.arn,
    Port: listener.port,
    Protocol: listener.protocol,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: listener.group.arn }],
  };
}
