import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { ElbError, validationError } from '../../errors.ts';
import type { Listener, LoadBalancer } from '../../model/load-balancer.ts';
import { groupProtocols } from '../../model/protocol.ts';
import type { World } from '../../model/world.ts';
import { arn, list, only, whole } from './input.ts';
import { groupOf } from './lookup.ts';

/** Forwarding to one target group, in either of the two ways to say it, or to several by weight. */
export const forwardAction = z
  .object({
    Type: only('forward'),
    TargetGroupArn: arn('target group').optional(),
    ForwardConfig: z
      .object({
        TargetGroups: list(
          z.object({ TargetGroupArn: arn('target group'), Weight: whole(0, 999).default(1) }),
        ).optional(),
      })
      .optional(),
  })
  .transform(
    (action) => action.ForwardConfig?.TargetGroups ?? [{ TargetGroupArn: action.TargetGroupArn, Weight: 1 }],
  );

/** Where a listener is to forward to. @throws ElbError where its load balancer cannot. */
export function forwardsOf(
  world: World,
  { balancer, protocol }: { balancer: LoadBalancer; protocol: Listener['protocol'] },
  actions: readonly z.output<typeof forwardAction>[],
): Listener['forwards'] {
  const [action, ...others] = actions;
  if (!action?.length || others.length > 0) {
    throw validationError('the simulator knows only listeners with one action, which forwards');
  }
  if (balancer.type === 'network' && action.length > 1) {
    throw validationError('a network load balancer of the simulator forwards to exactly one target group');
  }
  return action.map(({ TargetGroupArn, Weight }) => {
    const group = groupOf(world, TargetGroupArn ?? '');
    if (!groupProtocols[protocol].includes(group.settings.protocol)) {
      const message = `Listener protocol '${protocol}' is not supported with a target group with target protocol '${group.settings.protocol}'`;
      throw new ElbError('IncompatibleProtocols', message);
    }
    return { group, weight: Weight };
  });
}

/** AWS names the group outside of the ForwardConfig too, where it is the only one. */
export function forwardOf({ forwards }: Listener): Pick<Action, 'TargetGroupArn' | 'ForwardConfig'> {
  const [only, ...others] = forwards;
  return {
    ...(only && others.length === 0 && { TargetGroupArn: only.group.arn }),
    ForwardConfig: {
      TargetGroups: forwards.map(({ group, weight }) => ({ TargetGroupArn: group.arn, Weight: weight })),
    },
  };
}
