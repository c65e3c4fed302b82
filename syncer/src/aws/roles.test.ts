import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { systemClock } from '@targetgate/shared/runtime';
import { noFence } from '../leadership/fence.ts';
import { createBudget } from './budget/index.ts';
import { environmentOf, ownKeyId, session, startFakeAws, type FakeAws } from './fixtures.ts';
import { createTargetGroups } from './target-groups.ts';

const role = { arn: 'arn:aws:iam::222222222222:role/targets', externalId: 'shared-word' };
const arnIn = (region: string) =>
  `arn:aws:elasticloadbalancing:${region}:222222222222:targetgroup/web/0123456789abcdef`;

let aws: FakeAws;
let groups: ReturnType<typeof createTargetGroups>;
let assumptions: { result: string }[];
let onAssumption: () => void;
let sessions: number;

beforeEach(async () => {
  aws = await startFakeAws();
  Object.assign(process.env, environmentOf(aws));
  assumptions = [];
  onAssumption = () => undefined;
  sessions = 0;
  groups = createTargetGroups({
    onCall: (call) => {
      if (call.operation !== 'AssumeRole') return;
      assumptions.push(call);
      onAssumption();
    },
    turns: createBudget({ clock: systemClock, onWaited: () => undefined }),
    withTags: false,
    fence: noFence,
  });
  aws.answers = {
    AssumeRole: () => session(`ASIA${++sessions}`),
    DeregisterTargets: () => '',
  };
});

afterEach(async () => {
  delete process.env.AWS_ENDPOINT_URL_STS;
  groups.close();
  await aws.close();
});

const deregister = (as: typeof role | { arn: string; externalId: undefined } | undefined, region: string) =>
  groups.as(as).deregister(arnIn(region), [{ id: '10.0.0.1', port: 80 }]);
const callsOf = (action: string) => aws.calls.filter((call) => call.action === action);

it('a role is assumed once for the clients of all regions', async () => {
  await Promise.all([
    deregister(role, 'us-east-2'),
    deregister(role, 'ap-south-1'),
    deregister(role, 'us-east-2'),
  ]);
  expect(await deregister(role, 'eu-north-1')).toEqual({ ok: undefined });

  expect(callsOf('AssumeRole')).toMatchObject([
    {
      params: { RoleArn: role.arn, RoleSessionName: 'targetgate', ExternalId: 'shared-word' },
      accessKeyId: ownKeyId,
      region: expect.stringMatching(/^(us-east-2|ap-south-1)$/),
      service: 'sts',
    },
  ]);
  const signed = callsOf('DeregisterTargets').map(({ region, accessKeyId }) => `${accessKeyId} ${region}`);
  expect(signed.sort()).toEqual([
    'ASIA1 ap-south-1',
    'ASIA1 eu-north-1',
    'ASIA1 us-east-2',
    'ASIA1 us-east-2',
  ]);
});

it('the calls of a role are made once, the calls of another external id apart', () => {
  expect(groups.as({ ...role })).toBe(groups.as(role));
  expect(groups.as({ ...role, externalId: 'guess' })).not.toBe(groups.as(role));
  expect(groups.as(undefined)).not.toBe(groups.as(role));
});

it('a wrong external id gets nothing of the session of the right one', async () => {
  aws.answers.AssumeRole = ({ params }) =>
    params.ExternalId === role.externalId ? session('ASIA1') : { status: 403, code: 'AccessDenied' };
  expect(await deregister(role, 'us-east-2')).toEqual({ ok: undefined });
  expect(await deregister({ arn: role.arn, externalId: undefined }, 'us-east-2')).toMatchObject({
    trouble: { reason: 'AccessDenied' },
  });
  expect(callsOf('DeregisterTargets')).toHaveLength(1);
});

it('a session near its end is renewed once for all regions, and no call waits for it', async () => {
  const soon = () => new Date(Date.now() + 4 * 60_000);
  const renewed = Promise.withResolvers<string>();
  aws.answers.AssumeRole = () => (++sessions === 1 ? session('ASIA1', soon()) : renewed.promise);
  await deregister(role, 'us-east-2');

  await Promise.all([deregister(role, 'us-east-2'), deregister(role, 'ap-south-1')]);
  expect(callsOf('DeregisterTargets').map(({ accessKeyId }) => accessKeyId)).toEqual([
    'ASIA1',
    'ASIA1',
    'ASIA1',
  ]);

  const nextAssumption = new Promise<void>((resolve) => (onAssumption = resolve));
  renewed.resolve(session('ASIA2'));
  await nextAssumption;
  await setImmediate();
  await Promise.all([deregister(role, 'us-east-2'), deregister(role, 'ap-south-1')]);
  expect(
    callsOf('DeregisterTargets')
      .map(({ accessKeyId }) => accessKeyId)
      .slice(3),
  ).toEqual(['ASIA2', 'ASIA2']);
  expect(callsOf('AssumeRole')).toHaveLength(2);
});

it('a role that STS refuses is named, with its remedy, and tried anew by the next call', async () => {
  aws.answers.AssumeRole = () => ({ status: 403, code: 'AccessDenied', message: 'not authorized' });
  const refused = await deregister(role, 'us-east-2');
  expect(refused).toMatchObject({ trouble: { reason: 'AccessDenied' } });
  const message = 'trouble' in refused ? refused.trouble.message : '';
  expect(message).toContain(`DeregisterTargets: AssumeRole of ${role.arn}`);
  expect(message).toContain('trust policy');
  expect(message).not.toContain(role.externalId);
  expect(assumptions).toMatchObject([{ result: 'AccessDenied' }]);
  expect(aws.calls).toHaveLength(1);

  aws.answers.AssumeRole = () => session('ASIA1');
  expect(await deregister(role, 'us-east-2')).toEqual({ ok: undefined });
});

it('STS is asked once where it cannot serve', async () => {
  aws.answers.AssumeRole = () => ({ status: 503, code: 'ServiceUnavailable' });
  expect(await deregister(role, 'us-east-2')).toMatchObject({ trouble: { reason: 'Unreachable' } });
  expect(callsOf('AssumeRole')).toHaveLength(1);
});

it('STS has an endpoint of its own where the environment says so', async () => {
  const sts = await startFakeAws();
  sts.answers.AssumeRole = () => session('ASIA9');
  process.env.AWS_ENDPOINT_URL_STS = sts.url;
  await deregister(role, 'us-east-2');
  expect(sts.calls).toMatchObject([{ action: 'AssumeRole', region: 'us-east-2' }]);
  expect(aws.calls).toMatchObject([{ action: 'DeregisterTargets', accessKeyId: 'ASIA9' }]);
  await sts.close();
});

it('the syncer itself assumes no role', async () => {
  await deregister(undefined, 'us-east-2');
  expect(aws.calls).toMatchObject([{ action: 'DeregisterTargets', accessKeyId: ownKeyId }]);
});
