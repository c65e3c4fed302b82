import { describe, expect, it } from '@jest/globals';
import { openBench } from './bench.ts';
import { outcomeOf } from './outcome.ts';

const put = (endpoint: string, changes: unknown): Promise<Response> =>
  fetch(`${endpoint}/_sandbox/account`, { method: 'PUT', body: JSON.stringify(changes) });

describe('what ELB knows of the account, through the real SDK', () => {
  it('a target of type instance is an instance id: one that runs is taken, another is an InvalidTarget', async () => {
    await using bench = await openBench({ instances: { 'i-0123456789abcdef0': '127.0.0.1' } });
    const TargetGroupArn = await bench.group('web', { TargetType: 'instance' });
    const register = (Id: string) =>
      outcomeOf(bench.sdk.registerTargets({ TargetGroupArn, Targets: [{ Id, Port: 80 }] }));
    expect(await register('i-0123456789abcdef0')).toBe('no error');
    expect(await register('i-0fedcba9876543210')).toBe('InvalidTargetException');
    expect(await register('127.0.0.1')).toBe('InvalidTargetException');
    await bench.account({ instances: { 'i-0fedcba9876543210': '127.0.0.2' } });
    expect(await register('i-0fedcba9876543210')).toBe('no error');
  });

  it('an instance is checked and served at its own address and the port registered', async () => {
    await using bench = await openBench({ instances: { 'i-0123456789abcdef0': '127.0.0.1' } });
    const app = await bench.app();
    const TargetGroupArn = await bench.group('web', { TargetType: 'instance' });
    const { url } = await bench.expose(TargetGroupArn);
    const Targets = [{ Id: 'i-0123456789abcdef0', Port: app.port }];
    await bench.sdk.registerTargets({ TargetGroupArn, Targets });
    await bench.reached(`i-0123456789abcdef0:${app.port}`, 'healthy');
    const answer = await fetch(url);
    expect(answer.headers.get('x-sandbox-target')).toBe(`i-0123456789abcdef0:${app.port}`);
    expect(app.seen.requests).toBe(1);
  });

  it('an IP is inside or outside of the VPC by its CIDR blocks, which may change', async () => {
    await using bench = await openBench();
    const TargetGroupArn = await bench.group('web');
    const register = (AvailabilityZone?: string) =>
      outcomeOf(
        bench.sdk.registerTargets({
          TargetGroupArn,
          Targets: [{ Id: '10.64.0.1', Port: 80, AvailabilityZone }],
        }),
      );
    expect([await register(), await register('all')]).toEqual(['ValidationError', 'no error']);
    await bench.account({ vpcCidrs: ['10.64.0.0/16'] });
    expect([await register(), await register('all')]).toEqual(['no error', 'ValidationError']);
  });

  it('TooManyTargets comes at the quota of a group; registering a registered target does not count', async () => {
    await using bench = await openBench();
    await bench.account({ targetsPerGroup: { small: 2 } });
    const TargetGroupArn = await bench.group('small');
    const register = (...ports: number[]) => outcomeOf(bench.register(TargetGroupArn, ...ports));
    expect(await register(80, 81)).toBe('no error');
    expect(await register(80)).toBe('no error');
    expect(await register(82)).toBe('TooManyTargetsException');
    await bench.deregister(TargetGroupArn, 80);
    expect(await register(82)).toBe('no error');
    expect(await outcomeOf(bench.register(await bench.group('large'), 80, 81, 82))).toBe('no error');
  });

  it('is told, stays as it is where a change says nothing of it, and refuses what is malformed', async () => {
    await using bench = await openBench();
    await bench.account({ targetsPerGroup: { web: 5 } });
    await bench.account({ vpcCidrs: ['10.64.0.0/16'] });
    const known = {
      vpcCidrs: ['10.64.0.0/16'],
      instances: {},
      targetsPerGroup: { web: 5 },
      roles: [],
    };
    for (const wrong of [{ vpcCidrs: ['10.64.0.0'] }, { roles: [{ arn: 'deployer' }] }, { quota: 1 }])
      expect((await put(bench.endpoint, wrong)).status).toBe(400);
    expect(await (await fetch(`${bench.endpoint}/_sandbox/account`)).json()).toEqual(known);
  });
});
