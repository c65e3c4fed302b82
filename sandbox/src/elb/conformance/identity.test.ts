import { describe, expect, it } from '@jest/globals';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { ElbCall } from '../index.ts';
import { openBench, type Bench } from './bench.ts';
import { outcomeOf } from './outcome.ts';

const roleArn = 'arn:aws:iam::222222222222:role/targetgate';

/** The credentials of a role, by the SDK's own provider. */
const assume = (bench: Bench, ExternalId?: string) =>
  fromTemporaryCredentials({
    masterCredentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    params: { RoleArn: roleArn, RoleSessionName: 'targetgate', ...(ExternalId && { ExternalId }) },
    clientConfig: { endpoint: bench.endpoint, region: 'us-east-1', maxAttempts: 1 },
  });

const calls = (bench: Bench): ElbCall[] => bench.events.filter((event) => event.kind === 'elb-call');

/** A client in the account of the role, and a target group there. */
async function otherAccount(bench: Bench) {
  await bench.account({ roles: [{ arn: roleArn, externalId: 'shared secret' }] });
  const sdk = bench.client({ credentials: assume(bench, 'shared secret') });
  const settings = { Name: 'theirs', Protocol: 'HTTP', Port: 80, TargetType: 'ip' } as const;
  const { TargetGroups } = await sdk.createTargetGroup(settings);
  return { sdk, arn: TargetGroups?.[0]?.TargetGroupArn ?? '' };
}

describe('who calls, through the real SDK', () => {
  it('is a role once it was assumed: its credentials name it, its resources are in its account', async () => {
    await using bench = await openBench();
    const credentials = await assumeAfter(bench, {});
    expect(credentials.accessKeyId).toContain('targetgate');
    const inAnHour = Date.now() + 3_600_000;
    expect(Math.abs((credentials.expiration?.getTime() ?? 0) - inAnHour)).toBeLessThan(30_000);

    const { arn } = await otherAccount(bench);
    expect(arn).toMatch(/^arn:aws:elasticloadbalancing:us-east-1:222222222222:targetgroup\/theirs\//);
    expect(calls(bench).map(({ operation, identity }) => [operation, identity])).toEqual([
      ['AssumeRole', 'test'],
      ['AssumeRole', 'test'],
      ['CreateTargetGroup', roleArn],
    ]);
  });

  it.each([
    ['the external id that the role trusts', [{ arn: roleArn, externalId: 'yes' }], 'yes', 'no error'],
    ['another external id', [{ arn: roleArn, externalId: 'yes' }], 'no', 'AccessDenied'],
    ['no external id', [{ arn: roleArn, externalId: 'yes' }], undefined, 'AccessDenied'],
    ['a role that trusts without one', [{ arn: roleArn }], 'any', 'no error'],
    ['a role that does not exist', [], 'yes', 'AccessDenied'],
  ])('assumes a role with %s: %j, %s gives %s', async (_case, roles, externalId, outcome) => {
    await using bench = await openBench();
    await bench.account({ roles });
    expect(await outcomeOf(assume(bench, externalId)())).toBe(outcome);
    expect(calls(bench).map(({ operation, result }) => [operation, result])).toEqual([
      ['AssumeRole', outcome === 'no error' ? 'ok' : outcome],
    ]);
  });

  it('has credentials that expire', async () => {
    await using bench = await openBench();
    // Without the expiration, so that the SDK does not renew them by itself.
    const { accessKeyId, secretAccessKey, sessionToken } = await assumeAfter(bench, { sessionSeconds: 2 });
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
    const sdk = bench.client({ credentials });
    const describe = () => outcomeOf(sdk.describeTargetGroups({}));
    expect(await describe()).toBe('no error');
    await new Promise((resolve) => setTimeout(resolve, 2_050));
    expect(await describe()).toBe('ExpiredToken');
  });

  it("does not find another account's target group, and may not change it", async () => {
    await using bench = await openBench();
    const { arn: TargetGroupArn } = await otherAccount(bench);
    const { sdk } = bench;
    const Targets = [{ Id: '127.0.0.1', Port: 80 }];
    expect((await sdk.describeTargetGroups({})).TargetGroups).toEqual([]);
    const finds = [
      sdk.describeTargetGroups({ Names: ['theirs'] }),
      sdk.describeTargetGroups({ TargetGroupArns: [TargetGroupArn] }),
      sdk.describeTargetHealth({ TargetGroupArn }),
      sdk.describeTags({ ResourceArns: [TargetGroupArn] }),
    ];
    for (const find of finds) expect(await outcomeOf(find)).toBe('TargetGroupNotFoundException');
    for (const change of [
      sdk.registerTargets({ TargetGroupArn, Targets }),
      sdk.deregisterTargets({ TargetGroupArn, Targets }),
    ]) {
      await expect(change).rejects.toMatchObject({
        name: 'AccessDenied',
        $metadata: { httpStatusCode: 403 },
      });
    }
  });

  it('may have the same name in each account', async () => {
    await using bench = await openBench();
    const { sdk, arn } = await otherAccount(bench);
    const ours = await bench.group('theirs');
    const found = async (client: typeof sdk) => {
      const { TargetGroups } = await client.describeTargetGroups({ Names: ['theirs'] });
      return TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn);
    };
    expect([await found(sdk), await found(bench.sdk)]).toEqual([[arn], [ours]]);
  });

  it('finds the resources of the region that it asks, and of no other', async () => {
    await using bench = await openBench();
    const there = bench.client({ region: 'eu-west-1' });
    const settings = { Name: 'web', Protocol: 'HTTP', Port: 80, TargetType: 'ip' } as const;
    const { TargetGroups } = await there.createTargetGroup(settings);
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
    expect(TargetGroupArn).toMatch(/^arn:aws:elasticloadbalancing:eu-west-1:000000000000:targetgroup\/web\//);
    const Targets = [{ Id: '127.0.0.1', Port: 80 }];
    await there.registerTargets({ TargetGroupArn, Targets });
    for (const call of [
      bench.sdk.describeTargetHealth({ TargetGroupArn }),
      bench.sdk.registerTargets({ TargetGroupArn, Targets }),
    ])
      expect(await outcomeOf(call)).toBe('TargetGroupNotFoundException');
    expect(calls(bench).map(({ region }) => region)).toEqual([
      'eu-west-1',
      'eu-west-1',
      'us-east-1',
      'us-east-1',
    ]);
  });
});

/** Makes a role that trusts anybody, and assumes it. */
async function assumeAfter(bench: Bench, limits: { readonly sessionSeconds?: number }) {
  await bench.account({ roles: [{ arn: roleArn, ...limits }] });
  return assume(bench)();
}
