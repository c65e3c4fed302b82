import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '@targetgate/shared/runtime';
import { noFence } from '../leadership/fence.ts';
import { createBudget } from './budget/index.ts';
import { environmentOf, startFakeAws, type AwsCall, type FakeAws } from './fixtures.ts';
import { createTargetGroups } from './target-groups.ts';

const elb = 'arn:aws:elasticloadbalancing:eu-west-1:111111111111';
const arn = `${elb}:targetgroup/web/0123456789abcdef`;
const otherArn = `${elb}:targetgroup/api/0123456789abcdef`;
const alb = `${elb}:loadbalancer/app/front/0123456789abcdef`;
const slowAlb = `${elb}:loadbalancer/app/slow/0123456789abcdef`;
const nlb = `${elb}:loadbalancer/net/wire/0123456789abcdef`;

/** Answers with all groups that are asked for, all behind these load balancers. */
const groupsBehind =
  (...balancers: string[]) =>
  (call: AwsCall) => {
    const arns = balancers.map((balancer) => `<member>${balancer}</member>`).join('');
    const groups = arnsOf(call, 'TargetGroupArns').map(
      (of) =>
        `<member><TargetGroupArn>${of}</TargetGroupArn>` +
        '<TargetGroupName>web</TargetGroupName><TargetType>ip</TargetType>' +
        '<Protocol>HTTP</Protocol><VpcId>vpc-1</VpcId><IpAddressType>ipv6</IpAddressType>' +
        '<HealthCheckIntervalSeconds>10</HealthCheckIntervalSeconds>' +
        `<LoadBalancerArns>${arns}</LoadBalancerArns></member>`,
    );
    return `<TargetGroups>${groups.join('')}</TargetGroups>`;
  };
const arnsOf = ({ params }: AwsCall, field: string) =>
  Object.entries(params).flatMap(([key, value]) => (key.startsWith(`${field}.member.`) ? [value] : []));
const tagsOf = (call: AwsCall) => {
  const described = arnsOf(call, 'ResourceArns').map(
    (of) =>
      `<member><ResourceArn>${of}</ResourceArn><Tags><member><Key>team</Key><Value>shop</Value></member>` +
      '<member><Key>empty</Key></member></Tags></member>',
  );
  return `<TagDescriptions>${described.join('')}</TagDescriptions>`;
};
const attributes = (key: string, value: string) =>
  `<Attributes><member><Key>other</Key><Value>true</Value></member>` +
  `<member><Key>${key}</Key><Value>${value}</Value></member></Attributes>`;

let aws: FakeAws;
let groups: ReturnType<typeof createTargetGroups>;

beforeEach(async () => {
  aws = await startFakeAws();
  Object.assign(process.env, environmentOf(aws));
  groups = createTargetGroups({
    onCall: () => undefined,
    turns: createBudget({ clock: systemClock, onWaited: () => undefined }),
    withTags: true,
    fence: noFence,
  });
  aws.answers = {
    DescribeTargetGroups: groupsBehind(alb, slowAlb, nlb),
    DescribeTargetGroupAttributes: () => attributes('deregistration_delay.timeout_seconds', '30'),
    DescribeLoadBalancerAttributes: ({ params }) =>
      attributes('idle_timeout.timeout_seconds', params.LoadBalancerArn === slowAlb ? '120' : '60'),
    DescribeTags: tagsOf,
  };
});

afterEach(async () => {
  groups.close();
  await aws.close();
});

const factsOf = (of: string) => groups.as(undefined).facts(of, 'awaited');
const balancersAsked = () =>
  aws.calls.flatMap(({ action, params }) =>
    action === 'DescribeLoadBalancerAttributes' ? [params.LoadBalancerArn] : [],
  );

it('the facts are those of the group, its attributes, its tags and its load balancers', async () => {
  expect(await factsOf(arn)).toEqual({
    ok: {
      facts: {
        arn,
        name: 'web',
        targetType: 'ip',
        protocol: 'HTTP',
        vpcId: 'vpc-1',
        ipAddressType: 'ipv6',
        healthCheckIntervalSeconds: 10,
        deregistrationDelaySeconds: 30,
        idleTimeoutSeconds: 120,
        tags: { team: 'shop', empty: '' },
      },
      missing: undefined,
    },
  });
});

it('groups that share a load balancer ask it once, and a network load balancer is not asked', async () => {
  await factsOf(arn);
  await factsOf(otherArn);
  expect(balancersAsked()).toEqual([alb, slowAlb]);
});

it('a group behind no application load balancer has no idle timeout, and misses none', async () => {
  aws.answers.DescribeTargetGroups = groupsBehind(nlb);
  const found = await factsOf(arn);
  expect(found).toMatchObject({ ok: { facts: { idleTimeoutSeconds: undefined }, missing: undefined } });
});

it('what may not be read is left out, and said', async () => {
  aws.answers = { DescribeTargetGroups: groupsBehind(alb) };
  const found = await factsOf(arn);
  expect(found).toMatchObject({
    ok: {
      facts: {
        name: 'web',
        deregistrationDelaySeconds: undefined,
        idleTimeoutSeconds: undefined,
        tags: undefined,
      },
      missing: { reason: 'AccessDenied' },
    },
  });
  const said = 'ok' in found ? found.ok.missing?.message : undefined;
  for (const action of ['DescribeTargetGroupAttributes', 'DescribeTags', 'DescribeLoadBalancerAttributes']) {
    expect(said).toContain(action);
  }
});

it('the longest idle timeout is not known while one of them is not', async () => {
  const read = aws.answers.DescribeLoadBalancerAttributes;
  aws.answers.DescribeLoadBalancerAttributes = (call) =>
    call.params.LoadBalancerArn === slowAlb
      ? { status: 400, code: 'Throttling' }
      : attributes('idle_timeout.timeout_seconds', '60');
  const refused = await factsOf(arn);
  expect(refused).toMatchObject({
    ok: { facts: { idleTimeoutSeconds: undefined }, missing: { reason: 'Throttled' } },
  });

  aws.answers.DescribeLoadBalancerAttributes = read ?? (() => '');
  expect(await factsOf(arn)).toMatchObject({
    ok: { facts: { idleTimeoutSeconds: 120 }, missing: undefined },
  });
  expect(balancersAsked()).toEqual([alb, slowAlb, slowAlb]);
});

it('without the group itself there are no facts, and nothing else is asked', async () => {
  aws.answers.DescribeTargetGroups = () => ({ status: 400, code: 'TargetGroupNotFound' });
  expect(await factsOf(arn)).toMatchObject({ trouble: { reason: 'TargetGroupNotFound' } });
  expect(aws.calls).toHaveLength(1);
});

it('twenty groups that are asked for together share the calls that tell of many', async () => {
  aws.answers.DescribeTargetGroups = groupsBehind(alb);
  const arns = Array.from({ length: 20 }, (_, n) => arn.replace('/web/', `/web-${n}/`));
  const found = await Promise.all(arns.map(factsOf));
  expect(found.map((one) => ('ok' in one ? one.ok.facts.arn : one.trouble))).toEqual(arns);
  const count = (action: string) => aws.calls.filter((call) => call.action === action).length;
  expect(count('DescribeTargetGroups')).toBe(2);
  expect(count('DescribeTags')).toBeLessThan(6);
  expect(count('DescribeTargetGroupAttributes')).toBe(20);
  expect(count('DescribeLoadBalancerAttributes')).toBe(1);
});
