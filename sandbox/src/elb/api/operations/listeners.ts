import type {
  CreateListenerOutput,
  DescribeListenersOutput,
  Listener as ListenerFields,
  ModifyListenerOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { groupFor } from '../../data-plane/forwards.ts';
import { openPort } from '../../data-plane/open-port.ts';
import { ElbError, validationError } from '../../errors.ts';
import { listenerArn } from '../../model/arn.ts';
import type { Listener, LoadBalancer } from '../../model/load-balancer.ts';
import { balancerTypeOf, protocols } from '../../model/protocol.ts';
import type { TargetGroup } from '../../model/target-group.ts';
import { removeListener, setForwards } from '../../model/world.ts';
import { hexId } from '../../random.ts';
import { forwardAction, forwardOf, forwardsOf } from './forward-action.ts';
import { arn, list, only, page, port, tags } from './input.ts';
import { balancerOf, listenerOf } from './lookup.ts';
import { operation } from './operation.ts';
import { pageOf } from './paging.ts';

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
    if (balancerTypeOf(input.Protocol) !== balancer.type)
      throw validationError(`A load balancer of type '${balancer.type}' has no ${input.Protocol} listeners`);
    const forwards = forwardsOf(world, { balancer, protocol: input.Protocol }, input.DefaultActions);
    const twin = [...balancer.listeners.values()].find((listener) => listener.port === input.Port);
    if (twin && isSame(twin.forwards, forwards)) return { Listeners: [describe(balancer, twin)] };
    if (twin)
      throw new ElbError(
        'DuplicateListener',
        'A listener already exists on this port for this load balancer',
      );

    const port = { protocol: input.Protocol, port: input.Port };
    const group = (): TargetGroup | undefined => groupFor(listener.forwards, world.random);
    const close = await openPort(balancer, { ...port, group }).catch((error: unknown) => {
      throw new ElbError(
        'ServiceUnavailable',
        `cannot listen on ${balancer.address}:${input.Port}: ${String(error)}`,
      );
    });
    const listener: Listener = {
      arn: listenerArn(balancer.arn, hexId(world.random)),
      ...port,
      forwards: [],
      tags: new Map(input.Tags.map(({ Key, Value }) => [Key, Value])),
      close,
    };
    balancer.listeners.set(listener.arn, listener);
    setForwards(world, listener, forwards);
    return { Listeners: [describe(balancer, listener)] };
  },
);

/** Makes a listener forward elsewhere. Protocol and port stay. */
export const modifyListener = operation(
  z.object({ ListenerArn: arn('listener'), DefaultActions: list(forwardAction) }),
  (input, world): ModifyListenerOutput => {
    const { balancer, listener } = listenerOf(world, input.ListenerArn);
    const { protocol } = listener;
    setForwards(world, listener, forwardsOf(world, { balancer, protocol }, input.DefaultActions));
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
    DefaultActions: [{ Type: 'forward', ...forwardOf(listener) }],
  };
}

const isSame = (some: Listener['forwards'], others: Listener['forwards']): boolean =>
  some.length === others.length &&
  some.every(({ group, weight }, index) => {
    const other = others[index];
    return other?.group === group && other.weight === weight;
  });
