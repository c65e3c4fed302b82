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
import { given } from './odd-answer.ts';
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
      const found = await inTurn('awaited')('DescribeTargetGroups', ref.name, async (elb) => {
        const answer = await elb.send(new DescribeTargetGroupsCommand({ Names: [ref.name] }));
        const [group] = given(answer.TargetGroups, 'TargetGroups');
        return group && given(group.TargetGroupArn, 'TargetGroupArn');
      });
      if ('trouble' in found) return found;
      const arn = found.ok;
      return arn === undefined ? { trouble: noSuchGroup(ref.name) } : { ok: arn };
    },

    health: (arn) =>
      ask('DescribeTargetHealth', arn, async (elb) => {
        const answer = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }));
        const targets = given(answer.TargetHealthDescriptions, 'TargetHealthDescriptions');
        return new Map(targets.flatMap(toHealth));
      }),

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

/**
 * A target that is half known would count as gone, so an answer with such a one is none. Functions have no port, and are
 * no targets of ours.
 */
function toHealth({ Target, TargetHealth }: TargetHealthDescription): [string, TargetHealth][] {
  const id = given(Target?.Id, 'Id of a target');
  if (Target?.Port === undefined && id.startsWith('arn:')) return [];
  const port = given(isPort(Target?.Port) ? Target.Port : undefined, `port of ${id} that can be one`);
  const { Reason: reason, Description: description } = TargetHealth ?? {};
  const state = given(TargetHealth?.State, `State of ${id}:${port}`);
  const health = { state, ...(reason && { reason }), ...(description && { description }) };
  return [[targetKey({ id, port }), health]];
}

const isPort = (port: number | undefined): port is number =>
  Number.isInteger(port) && Number(port) > 0 && Number(port) < 65_536;
