import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '@targetgate/shared/runtime';
import { createFence, type FenceKeeper } from '../leadership/fence.ts';
import { createBudget } from './budget/index.ts';
import { environmentOf, session, startFakeAws, type FakeAws } from './fixtures.ts';
import { createTargetGroups } from './target-groups.ts';

const arn = 'arn:aws:elasticloadbalancing:us-east-2:111111111111:targetgroup/web/0123456789abcdef';
const role = { arn: 'arn:aws:iam::222222222222:role/web', externalId: undefined };
const notLeading = { trouble: { reason: 'NotLeading' } };

let aws: FakeAws;
let fence: FenceKeeper;
let groups: ReturnType<typeof createTargetGroups>;

beforeEach(async () => {
  aws = await startFakeAws();
  Object.assign(process.env, environmentOf(aws));
  fence = createFence(systemClock, () => undefined);
  groups = createTargetGroups({
    onCall: () => undefined,
    turns: createBudget({ clock: systemClock, onWaited: () => undefined }),
    withTags: false,
    fence,
  });
});

afterEach(async () => {
  groups.close();
  await aws.close();
});

const open = (): void => fence.openUntil(systemClock.now() + 60_000);

it('behind a closed fence nothing is asked and nothing changed', async () => {
  expect(await groups.as(undefined).health(arn)).toMatchObject(notLeading);
  expect(await groups.as(undefined).deregister(arn, [{ id: '10.0.0.1', port: 80 }])).toMatchObject(
    notLeading,
  );
  expect(aws.calls).toEqual([]);
});

it('behind an open one calls are made, again and again', async () => {
  aws.answers.DescribeTargetHealth = () => '<TargetHealthDescriptions/>';
  for (let times = 0; times < 2; times++) {
    open();
    expect(await groups.as(undefined).health(arn)).toEqual({ ok: new Map() });
    fence.close();
  }
  expect(aws.calls).toHaveLength(2);
});

it('a call is not made where the fence falls while its role is assumed', async () => {
  open();
  aws.answers.AssumeRole = () => {
    fence.close();
    return session('AKIAROLE');
  };
  expect(await groups.as(role).health(arn)).toMatchObject(notLeading);
  expect(aws.calls.map(({ action }) => action)).toEqual(['AssumeRole']);
});

it('a call that is under way is given up when the fence falls: nobody knows what it did', async () => {
  open();
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<string>();
  aws.answers.RegisterTargets = () => {
    asked.resolve();
    return answer.promise;
  };
  const registering = groups.as(undefined).register(arn, [{ id: '10.0.0.1', port: 80 }]);
  await asked.promise;
  fence.close();
  expect(await registering).toMatchObject(notLeading);
  answer.resolve('');
});
