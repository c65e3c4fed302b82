import {
  DescribeLoadBalancerAttributesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  type LoadBalancerAttribute,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Trouble } from '../plan/index.ts';
import type { ElbResult, GroupCalls } from '../sync/target-groups.ts';
import type { Urgency } from '../sync/turns.ts';
import { mapOk, type Ask, type InTurn } from './call.ts';
import { given } from './odd-answer.ts';
import { remember } from './remember.ts';
import { shareCalls } from './share-calls.ts';
import { noSuchGroup } from './trouble.ts';

/** Many groups share a load balancer, and its idle timeout rarely changes. */
const rememberIdleTimeoutMs = 60 * 60_000;

/** As many as DescribeTags takes in one call; DescribeTargetGroups takes more. */
const mostAtOnce = 20;

/** Which facts are read besides those that cost nothing. */
export interface FactsOptions {
  /** Only tenancy by tag needs them. */
  readonly withTags: boolean;
}

/**
 * Reads the facts of a group: with DescribeTargetGroups, without which there are none, then with its attributes, its
 * tags and its load balancers' attributes, which an IAM policy made for another controller may not allow.
 */
export function createFacts(
  inTurn: InTurn,
  now: () => number,
  { withTags }: FactsOptions,
): GroupCalls['facts'] {
  const deregistrationDelay = (ask: Ask, arn: string) =>
    ask('DescribeTargetGroupAttributes', arn, async (elb) => {
      const answer = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }));
      return secondsOf('deregistration_delay.timeout_seconds', given(answer.Attributes, 'Attributes'));
    });

  const groupOf = shareCalls(
    (arns, urgency) =>
      inTurn(urgency)('DescribeTargetGroups', arns[0] ?? '', async (elb) => {
        const answer = await elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [...arns] }));
        return byArn(given(answer.TargetGroups, 'TargetGroups'), ({ TargetGroupArn }) => TargetGroupArn);
      }),
    mostAtOnce,
  );

  const tagsOf = shareCalls(
    (arns, urgency) =>
      inTurn(urgency)('DescribeTags', arns[0] ?? '', async (elb) => {
        const answer = await elb.send(new DescribeTagsCommand({ ResourceArns: [...arns] }));
        return byArn(given(answer.TagDescriptions, 'TagDescriptions'), ({ ResourceArn }) => ResourceArn);
      }),
    mostAtOnce,
  );

  const tags = async (arn: string, urgency: Urgency) => {
    if (!withTags) return { ok: undefined };
    return mapOk(
      await tagsOf(arn, urgency),
      // Not described is not known; described with no tags is none.
      (found) =>
        found && Object.fromEntries((found.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    );
  };

  const idleTimeout = remember(
    (arn, urgency) =>
      inTurn(urgency)('DescribeLoadBalancerAttributes', arn, async (elb) => {
        const answer = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }));
        return secondsOf('idle_timeout.timeout_seconds', given(answer.Attributes, 'Attributes'));
      }),
    { forMs: rememberIdleTimeoutMs, now },
  );

  return async (arn, urgency) => {
    const described = await groupOf(arn, urgency);
    if ('trouble' in described) return described;
    const group = described.ok;
    if (!group) return { trouble: noSuchGroup(arn) };

    const balancers = (group.LoadBalancerArns ?? []).filter(isApplicationLoadBalancer);
    const [delay, tagged, ...idle] = await Promise.all([
      deregistrationDelay(inTurn(urgency), arn),
      tags(arn, urgency),
      ...balancers.map((balancer) => idleTimeout(balancer, urgency)),
    ]);
    const facts = {
      arn,
      name: group.TargetGroupName ?? '',
      targetType: group.TargetType ?? '',
      protocol: group.Protocol,
      vpcId: group.VpcId,
      ipAddressType: group.IpAddressType ?? 'ipv4',
      healthCheckIntervalSeconds: group.HealthCheckIntervalSeconds,
      deregistrationDelaySeconds: 'ok' in delay ? delay.ok : undefined,
      idleTimeoutSeconds: longest(idle),
      tags: 'ok' in tagged ? tagged.ok : undefined,
    };
    return { ok: { facts, missing: troubleIn([delay, tagged, ...idle]) } };
  };
}

const byArn = <T>(found: readonly T[], arnOf: (one: T) => string | undefined): ReadonlyMap<string, T> =>
  new Map(found.map((one) => [arnOf(one) ?? '', one]));

/** `.../loadbalancer/app/...`; an NLB's idle timeouts are its listeners', and a gateway load balancer has none. */
const isApplicationLoadBalancer = (arn: string): boolean => arn.includes(':loadbalancer/app/');

function secondsOf(key: string, attributes: readonly LoadBalancerAttribute[]): number | undefined {
  const seconds = Number.parseInt(attributes.find(({ Key }) => Key === key)?.Value ?? '', 10);
  return seconds >= 0 ? seconds : undefined;
}

/** Undefined as long as one is not known: it may be the longest. */
function longest(timeouts: readonly ElbResult<number | undefined>[]): number | undefined {
  const known = timeouts.flatMap((timeout) =>
    'ok' in timeout && timeout.ok !== undefined ? [timeout.ok] : [],
  );
  return known.length === timeouts.length && known.length > 0 ? Math.max(...known) : undefined;
}

/** All that went wrong, under the reason of the first: a policy is best amended once. */
function troubleIn(results: readonly ElbResult<unknown>[]): Trouble | undefined {
  const [first, ...more] = results.flatMap((result) => ('trouble' in result ? [result.trouble] : []));
  return first && { ...first, message: [first, ...more].map(({ message }) => message).join('. ') };
}
