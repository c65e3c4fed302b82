import {
  DeregisterTargetsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
  type TargetDescription,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Target } from '@targetgate/shared/resolve';
import { targetKey } from '../ledger/ledger.ts';
import type { TargetHealth } from '../plan/index.ts';
import type { GroupCalls } from '../sync/target-groups.ts';
import { mapOk, type Ask, type InTurn } from './call.ts';
import { noSuchGroup } from './trouble.ts';

/** The ways to ELB: to ask and to change at once, and to ask in a turn of one's own. */
interface Ways {
  readonly ask: Ask;
  readonly change: Ask;
  readonly inTurn: InTurn;
}

/** The calls about the targets of a group. A name is looked up in the environment's region. */
export function createGroupCalls({ ask, change, inTurn }: Ways): Omit<GroupCalls, 'facts'> {
  return {
    find: async (ref) => {
      if (ref.by === 'arn') return { ok: ref.arn };
      const found = await inTurn('awaited')('DescribeTargetGroups', ref.name, (elb) =>
        elb.send(new DescribeTargetGroupsCommand({ Names: [ref.name] })),
      );
      if ('trouble' in found) return found;
      const arn = found.ok.TargetGroups?.[0]?.TargetGroupArn;
      return arn === undefined ? { trouble: noSuchGroup(ref.name) } : { ok: arn };
    },

    health: async (arn) => {
      const described = await ask('DescribeTargetHealth', arn, (elb) =>
        elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn })),
      );
      return mapOk(
        described,
        ({ TargetHealthDescriptions: targets = [] }) => new Map(targets.flatMap(toHealth)),
      );
    },

    register: async (arn, targets, zone) => {
      const place = zone === undefined ? {} : { AvailabilityZone: zone };
      const Targets = targets.map((target) => ({ ...toSdk(target), ...place }));
      const registered = await change('RegisterTargets', arn, (elb) =>
        elb.send(new RegisterTargetsCommand({ TargetGroupArn: arn, Targets })),
      );
      return mapOk(registered, () => undefined);
    },

    deregister: async (arn, targets) => {
      const deregistered = await change('DeregisterTargets', arn, (elb) =>
        elb.send(new DeregisterTargetsCommand({ TargetGroupArn: arn, Targets: targets.map(toSdk) })),
      );
      return mapOk(deregistered, () => undefined);
    },
  };
}

const toSdk = ({ id, port }: Target): TargetDescription => ({ Id: id, Port: port });

/** ELB leaves no field out in practice; an answer without one says nothing of its target. */
function toHealth({ Target, TargetHealth }: TargetHealthDescription): [string, TargetHealth][] {
  if (Target?.Id === undefined || Target.Port === undefined || TargetHealth?.State === undefined) return [];
  const { State: state, Reason: reason, Description: description } = TargetHealth;
  const health = { state, ...(reason && { reason }), ...(description && { description }) };
  return [[targetKey({ id: Target.Id, port: Target.Port }), health]];
}
