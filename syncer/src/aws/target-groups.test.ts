import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '@targetgate/shared/runtime';
import { noFence } from '../leadership/fence.ts';
import { createBudget, type Budget } from './budget/index.ts';
import type { OnElbCall } from './call.ts';
import { environmentOf, ownKeyId, startFakeAws, type FakeAws } from './fixtures.ts';
import { createTargetGroups } from './target-groups.ts';

const arn = 'arn:aws:elasticloadbalancing:us-east-2:111111111111:targetgroup/web/0123456789abcdef';

let aws: FakeAws;
let reported: Parameters<OnElbCall>[0][];
let budget: Budget;
let waited: string[];
let groups: ReturnType<typeof createTargetGroups>;

beforeEach(async () => {
  aws = await startFakeAws();
  Object.assign(process.env, environmentOf(aws));
  reported = [];
  budget = createBudget({ clock: systemClock, onWaited: (urgency) => waited.push(urgency) });
  waited = [];
  groups = createTargetGroups({
    onCall: (call) => reported.push(call),
    turns: budget,
    withTags: true,
    fence: noFence,
  });
});

afterEach(async () => {
  groups.close();
  await aws.close();
});

const noTargets = '<TargetHealthDescriptions/>';
const own = () => groups.as(undefined);

/** The SDK's default. */
const socketsOfClient = 50;

it('an ARN is taken as it is, without a call', async () => {
  expect(await own().find({ by: 'arn', arn })).toEqual({ ok: arn });
  expect(aws.calls).toEqual([]);
});

it('a name is looked up in the region of the environment, with the credentials of the syncer', async () => {
  aws.answers.DescribeTargetGroups = () =>
    `<TargetGroups><member><TargetGroupArn>${arn}</TargetGroupArn></member></TargetGroups>`;
  expect(await own().find({ by: 'name', name: 'web' })).toEqual({ ok: arn });
  expect(aws.calls).toMatchObject([
    { params: { 'Names.member.1': 'web' }, region: 'eu-west-1', accessKeyId: ownKeyId },
  ]);
});

it('finding a group and its facts waits for turns, and what has the turn of its caller does not', async () => {
  aws.answers.DescribeTargetGroups = () =>
    `<TargetGroups><member><TargetGroupArn>${arn}</TargetGroupArn></member></TargetGroups>`;
  aws.answers.DescribeTargetHealth = () => noTargets;
  await own().find({ by: 'arn', arn });
  await own().health(arn);
  expect(waited).toEqual([]);
  await own().find({ by: 'name', name: 'web' });
  expect(waited).toEqual(['awaited']);
  await own().facts(arn, 'routine');
  expect(waited).toEqual(['awaited', 'routine', 'routine', 'routine']);
  expect([...budget.purses()].map(({ scope }) => scope)).toEqual(['own/default', 'own/us-east-2']);
});

it('when the budget is closed, what would wait is not asked any more', async () => {
  budget.close();
  expect(await own().facts(arn, 'awaited')).toMatchObject({ trouble: { reason: 'Unreachable' } });
  expect(aws.calls).toEqual([]);
});

it('a name of no group is trouble', async () => {
  aws.answers.DescribeTargetGroups = () => '<TargetGroups/>';
  const found = await own().find({ by: 'name', name: 'web' });
  expect(found).toMatchObject({ trouble: { reason: 'TargetGroupNotFound' } });
});

it('the health of IP addresses and of instances is found by their keys', async () => {
  const target = (id: string, health: string) =>
    `<member><Target><Id>${id}</Id><Port>80</Port></Target><TargetHealth>${health}</TargetHealth></member>`;
  aws.answers.DescribeTargetHealth = () =>
    '<TargetHealthDescriptions>' +
    target('10.0.0.1', '<State>healthy</State>') +
    target(
      'fd00::1',
      '<State>unhealthy</State><Reason>Target.Timeout</Reason><Description>slow</Description>',
    ) +
    target('i-0123', '<State>draining</State>') +
    '<member><Target><Id>arn:aws:lambda:us-east-2:111111111111:function:f</Id></Target></member>' +
    '</TargetHealthDescriptions>';
  expect(await own().health(arn)).toEqual({
    ok: new Map([
      ['10.0.0.1:80', { state: 'healthy' }],
      ['[fd00::1]:80', { state: 'unhealthy', reason: 'Target.Timeout', description: 'slow' }],
      ['i-0123:80', { state: 'draining' }],
    ]),
  });
  expect(aws.calls).toMatchObject([{ params: { TargetGroupArn: arn }, region: 'us-east-2' }]);
});

it('targets are registered by id and port, in all zones only where that is asked for', async () => {
  aws.answers.RegisterTargets = () => '';
  const targets = [
    { id: '10.0.0.1', port: 80 },
    { id: 'i-0123', port: 30080 },
  ];
  expect(await own().register(arn, targets)).toEqual({ ok: undefined });
  expect(await own().register(arn, targets.slice(0, 1), 'all')).toEqual({ ok: undefined });
  const [inside, outside] = aws.calls.map(({ params }) => params);
  expect(inside).toEqual({
    Version: '2015-12-01',
    TargetGroupArn: arn,
    'Targets.member.1.Id': '10.0.0.1',
    'Targets.member.1.Port': '80',
    'Targets.member.2.Id': 'i-0123',
    'Targets.member.2.Port': '30080',
  });
  expect(outside).toMatchObject({ 'Targets.member.1.AvailabilityZone': 'all' });
});

it('targets are deregistered by id and port', async () => {
  aws.answers.DeregisterTargets = () => '';
  expect(await own().deregister(arn, [{ id: 'i-0123', port: 30080 }])).toEqual({ ok: undefined });
  expect(aws.calls).toMatchObject([
    { params: { 'Targets.member.1.Id': 'i-0123', 'Targets.member.1.Port': '30080' } },
  ]);
});

it('questions that hang never keep a deregistration: it has connections of its own', async () => {
  const hanging = Promise.withResolvers<string>();
  const allSockets = Promise.withResolvers<void>();
  let asked = 0;
  aws.answers.DescribeTargetHealth = () => {
    if (++asked === socketsOfClient) allSockets.resolve();
    return hanging.promise;
  };
  aws.answers.DeregisterTargets = () => '';
  const looks = Array.from({ length: socketsOfClient + 10 }, () => own().health(arn));
  await allSockets.promise;
  expect(await own().deregister(arn, [{ id: 'i-0123', port: 30080 }])).toEqual({ ok: undefined });
  hanging.resolve(noTargets);
  for (const look of looks) expect(await look).toEqual({ ok: new Map() });
});

it('a call that AWS throttles or cannot serve is made once, and reported', async () => {
  aws.answers.RegisterTargets = () => ({ status: 400, code: 'Throttling' });
  aws.answers.DescribeTargetHealth = () => ({ status: 503, code: 'ServiceUnavailable' });
  expect(await own().register(arn, [{ id: '10.0.0.1', port: 80 }])).toMatchObject({
    trouble: { reason: 'Throttled' },
  });
  expect(await own().health(arn)).toMatchObject({ trouble: { reason: 'Unreachable' } });
  expect(aws.calls).toHaveLength(2);
  expect(reported).toMatchObject([
    { operation: 'RegisterTargets', result: 'Throttled' },
    { operation: 'DescribeTargetHealth', result: 'Unreachable' },
  ]);
});

it.each([
  'arn:aws:elasticloadbalancing::111111111111:targetgroup/web/0',
  arn.replace('us-east-2', 'not a region'),
])(
  'a region that cannot be, in %s, is a mistake of the binding: no call, and no AWS out of reach',
  async (odd) => {
    expect(await own().health(odd)).toMatchObject({ trouble: { reason: 'ValidationError' } });
    expect(aws.calls).toEqual([]);
  },
);
