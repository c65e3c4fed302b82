import { describe, expect, it } from '@jest/globals';
import type { ElbCall } from '../index.ts';
import { openBench } from './bench.ts';
import { outcomeOf } from './outcome.ts';

const unknownGroup =
  'arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/nobody/0123456789abcdef';

const ip = (last: number) => ({ Id: `127.0.0.${last}`, Port: 80 });

describe('the API, through the real SDK', () => {
  it('creates a target group with AWS defaults and finds it by name, by ARN and by load balancer', async () => {
    await using bench = await openBench();
    const { sdk } = bench;
    const created = await sdk.createTargetGroup({
      Name: 'web',
      Protocol: 'HTTP',
      Port: 80,
      TargetType: 'ip',
    });
    const arn = created.TargetGroups?.[0]?.TargetGroupArn ?? '';
    expect(created.TargetGroups?.[0]).toMatchObject({
      HealthCheckPath: '/',
      HealthCheckPort: 'traffic-port',
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200' },
    });
    const { balancerArn } = await bench.expose(arn);
    for (const by of [{ Names: ['web'] }, { TargetGroupArns: [arn] }, { LoadBalancerArn: balancerArn }]) {
      const { TargetGroups = [] } = await sdk.describeTargetGroups(by);
      expect(TargetGroups.map((group) => group.TargetGroupArn)).toEqual([arn]);
      expect(TargetGroups[0]?.LoadBalancerArns).toEqual([balancerArn]);
    }
  });

  it('pages through target groups by marker', async () => {
    await using bench = await openBench();
    for (const name of ['a', 'b', 'c']) await bench.group(name);
    const first = await bench.sdk.describeTargetGroups({ PageSize: 2 });
    const second = await bench.sdk.describeTargetGroups({ PageSize: 2, Marker: first.NextMarker });
    const names = [first, second].map((page) => page.TargetGroups?.map((group) => group.TargetGroupName));
    expect(names).toEqual([['a', 'b'], ['c']]);
    expect(second.NextMarker).toBeUndefined();
  });

  it('gives the existing target group for the same settings and refuses its name for others', async () => {
    await using bench = await openBench();
    expect(await bench.group('web')).toBe(await bench.group('web'));
    expect(await outcomeOf(bench.group('web', { Port: 81 }))).toBe('DuplicateTargetGroupNameException');
  });

  it('changes the health check and the attributes of a target group', async () => {
    await using bench = await openBench();
    const arn = await bench.group('web');
    const changed = await bench.sdk.modifyTargetGroup({ TargetGroupArn: arn, HealthCheckPath: '/ready' });
    expect(changed.TargetGroups?.[0]?.HealthCheckPath).toBe('/ready');
    expect(changed.TargetGroups?.[0]?.HealthCheckIntervalSeconds).toBe(1);

    const Key = 'deregistration_delay.timeout_seconds';
    const defaults = await bench.sdk.describeTargetGroupAttributes({ TargetGroupArn: arn });
    expect(defaults.Attributes).toContainEqual({ Key, Value: '300' });
    await bench.sdk.modifyTargetGroupAttributes({ TargetGroupArn: arn, Attributes: [{ Key, Value: '15' }] });
    const after = await bench.sdk.describeTargetGroupAttributes({ TargetGroupArn: arn });
    expect(after.Attributes).toContainEqual({ Key, Value: '15' });
  });

  it('tells and changes the attributes of a load balancer', async () => {
    await using bench = await openBench();
    const { balancerArn: LoadBalancerArn } = await bench.expose(await bench.group('web'));
    const Key = 'idle_timeout.timeout_seconds';
    const { Attributes } = await bench.sdk.describeLoadBalancerAttributes({ LoadBalancerArn });
    expect(Attributes).toContainEqual({ Key, Value: '60' });
    const change = { LoadBalancerArn, Attributes: [{ Key, Value: '4' }] };
    expect((await bench.sdk.modifyLoadBalancerAttributes(change)).Attributes).toContainEqual({
      Key,
      Value: '4',
    });
  });

  it('has the attributes that are worth reading', async () => {
    await using bench = await openBench();
    const TargetGroupArn = await bench.group('web');
    const { balancerArn: LoadBalancerArn } = await bench.expose(TargetGroupArn);
    const ofGroup = await bench.sdk.describeTargetGroupAttributes({ TargetGroupArn });
    const ofBalancer = await bench.sdk.describeLoadBalancerAttributes({ LoadBalancerArn });
    expect(ofGroup.Attributes?.map(({ Key }) => Key)).toEqual(
      expect.arrayContaining([
        'deregistration_delay.timeout_seconds',
        'slow_start.duration_seconds',
        'target_group_health.dns_failover.minimum_healthy_targets.count',
        'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count',
        'load_balancing.cross_zone.enabled',
      ]),
    );
    expect(ofBalancer.Attributes?.map(({ Key }) => Key)).toContain('idle_timeout.timeout_seconds');
  });

  it.each([
    ['HealthyThresholdCount', [2, 10], [1, 11]],
    ['UnhealthyThresholdCount', [2, 10], [1, 11]],
    ['HealthCheckIntervalSeconds', [6, 300], [301]],
  ])('takes a %s of %j and refuses one of %j', async (field, good, bad) => {
    await using bench = await openBench();
    const make = (value: number) => outcomeOf(bench.group(`web-${value}`, { [field]: value }));
    for (const value of good) expect(await make(value)).toBe('no error');
    for (const value of bad) expect(await make(value)).toBe('ValidationError');
  });

  it('takes a deregistration delay of 0 to 3600 s', async () => {
    await using bench = await openBench();
    const TargetGroupArn = await bench.group('web');
    const set = (Value: string) => {
      const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value }];
      return outcomeOf(bench.sdk.modifyTargetGroupAttributes({ TargetGroupArn, Attributes }));
    };
    expect([await set('0'), await set('3600'), await set('3601'), await set('-1')]).toEqual([
      'no error',
      'no error',
      'ValidationError',
      'ValidationError',
    ]);
  });

  it('keeps tags, and text that XML has to escape', async () => {
    await using bench = await openBench();
    const arn = await bench.group('web', { Tags: [{ Key: 'namespace', Value: 'shop' }] });
    await bench.sdk.addTags({ ResourceArns: [arn], Tags: [{ Key: 'owner', Value: `<a & "b's">` }] });
    const { TagDescriptions } = await bench.sdk.describeTags({ ResourceArns: [arn] });
    const Tags = [
      { Key: 'namespace', Value: 'shop' },
      { Key: 'owner', Value: `<a & "b's">` },
    ];
    expect(TagDescriptions).toEqual([{ ResourceArn: arn, Tags }]);
  });

  it('lists a load balancer with its address and its listeners, and deletes them', async () => {
    await using bench = await openBench();
    const group = await bench.group('web');
    const { balancerArn, listenerArn, url } = await bench.expose(group);
    const { LoadBalancers } = await bench.sdk.describeLoadBalancers({ LoadBalancerArns: [balancerArn] });
    expect(LoadBalancers?.[0]).toMatchObject({ DNSName: new URL(url).hostname, State: { Code: 'active' } });
    expect(LoadBalancers?.[0]?.CreatedTime).toBeInstanceOf(Date);
    const { Listeners } = await bench.sdk.describeListeners({ LoadBalancerArn: balancerArn });
    expect(Listeners?.map((listener) => listener.ListenerArn)).toEqual([listenerArn]);

    expect(await outcomeOf(bench.sdk.deleteTargetGroup({ TargetGroupArn: group }))).toBe(
      'ResourceInUseException',
    );
    await bench.sdk.deleteListener({ ListenerArn: listenerArn });
    await bench.sdk.deleteLoadBalancer({ LoadBalancerArn: balancerArn });
    await bench.sdk.deleteTargetGroup({ TargetGroupArn: group });
    expect((await bench.sdk.describeTargetGroups({})).TargetGroups).toEqual([]);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('tells a malformed ARN (ValidationError) from an unknown one (TargetGroupNotFound)', async () => {
    await using bench = await openBench();
    const describe = (TargetGroupArn: string) =>
      outcomeOf(bench.sdk.describeTargetHealth({ TargetGroupArn }));
    expect(await describe('web')).toBe('ValidationError');
    expect(await describe(unknownGroup)).toBe('TargetGroupNotFoundException');
    expect(await outcomeOf(bench.sdk.describeTargetGroups({ Names: ['web'] }))).toBe(
      'TargetGroupNotFoundException',
    );
  });

  it.each([
    ['an IP outside the VPC without a zone', { Id: '10.0.0.1', Port: 80 }, 'ValidationError'],
    [
      'an IP outside the VPC with zone "all"',
      { Id: '10.0.0.1', Port: 80, AvailabilityZone: 'all' },
      'no error',
    ],
    ['an IP inside the VPC with zone "all"', { ...ip(1), AvailabilityZone: 'all' }, 'ValidationError'],
    ['an IP inside the VPC', ip(1), 'no error'],
    ['an IPv6 address in an IPv4 group', { Id: '::1', Port: 80 }, 'ValidationError'],
    ['no IP at all', { Id: 'i-0123456789abcdef0', Port: 80 }, 'ValidationError'],
    ['a port out of range', { Id: '127.0.0.1', Port: 70_000 }, 'ValidationError'],
  ])('a target that is %s: %o gives %s', async (_case, target, name) => {
    await using bench = await openBench();
    const TargetGroupArn = await bench.group('web');
    expect(await outcomeOf(bench.sdk.registerTargets({ TargetGroupArn, Targets: [target] }))).toBe(name);
  });

  it('registers nothing of a batch with one bad target', async () => {
    await using bench = await openBench();
    const TargetGroupArn = await bench.group('web');
    const Targets = [ip(1), { Id: '10.0.0.1', Port: 80 }];
    expect(await outcomeOf(bench.sdk.registerTargets({ TargetGroupArn, Targets }))).toBe('ValidationError');
    expect((await bench.sdk.describeTargetHealth({ TargetGroupArn })).TargetHealthDescriptions).toEqual([]);
  });

  it('takes batches of 200 targets and at most 1,000 targets in a group', async () => {
    await using bench = await openBench();
    const TargetGroupArn = await bench.group('web');
    const batch = (from: number, size: number) => ({
      TargetGroupArn,
      Targets: Array.from({ length: size }, (_, index) => ({ Id: '127.0.0.1', Port: from + index })),
    });
    expect(await outcomeOf(bench.sdk.registerTargets(batch(1, 201)))).toBe('ValidationError');
    for (const from of [1, 201, 401, 601, 801]) await bench.sdk.registerTargets(batch(from, 200));
    expect(await outcomeOf(bench.sdk.registerTargets(batch(1001, 1)))).toBe('TooManyTargetsException');
    await bench.sdk.registerTargets(batch(1000, 1));
  });

  it('gives a target without a port the default port of its group, in every call', async () => {
    await using bench = await openBench();
    const call = { TargetGroupArn: await bench.group('web'), Targets: [{ Id: '127.0.0.1' }] };
    await bench.sdk.registerTargets(call);
    const { TargetHealthDescriptions } = await bench.sdk.describeTargetHealth(call);
    expect(TargetHealthDescriptions?.[0]?.Target).toEqual({ Id: '127.0.0.1', Port: 8080 });
    expect(await bench.health(call.TargetGroupArn, 8080)).toMatchObject({ Reason: 'Target.NotInUse' });
    await bench.sdk.deregisterTargets(call);
    expect(await bench.health(call.TargetGroupArn, 8080)).toMatchObject({ State: 'draining' });
  });

  it('takes a target without a port for the one at the default port, and leaves others alone', async () => {
    await using bench = await openBench();
    const TargetGroupArn = await bench.group('web');
    await bench.register(TargetGroupArn, 80);
    await bench.sdk.deregisterTargets({ TargetGroupArn, Targets: [{ Id: '127.0.0.1' }] });
    expect(await bench.health(TargetGroupArn, 80)).toMatchObject({ Reason: 'Target.NotInUse' });
  });

  it('tells the health of all targets of a group, or of those asked for', async () => {
    await using bench = await openBench();
    const TargetGroupArn = await bench.group('web');
    await bench.register(TargetGroupArn, 80, 81, 82);
    const ports = async (Targets?: { Id: string; Port: number }[]) => {
      const { TargetHealthDescriptions } = await bench.sdk.describeTargetHealth({ TargetGroupArn, Targets });
      return TargetHealthDescriptions?.map(({ Target }) => Target?.Port);
    };
    expect(await ports()).toEqual([80, 81, 82]);
    expect(await ports([{ Id: '127.0.0.1', Port: 82 }])).toEqual([82]);
  });

  it('answers an operation that it does not have with InvalidAction', async () => {
    await using bench = await openBench();
    const rules = bench.sdk.describeSSLPolicies({});
    await expect(rules).rejects.toMatchObject({
      name: 'InvalidAction',
      message: 'Could not find operation DescribeSSLPolicies for version 2015-12-01',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('records every call with its group, its targets and its result', async () => {
    await using bench = await openBench();
    const TargetGroupArn = await bench.group('web');
    await bench.sdk.registerTargets({ TargetGroupArn, Targets: [ip(1), { Id: '127.0.0.2' }] });
    await outcomeOf(bench.sdk.describeTargetHealth({ TargetGroupArn: unknownGroup }));
    const calls = (await (await fetch(`${bench.endpoint}/_sandbox/calls`)).json()) as ElbCall[];
    expect(calls).toEqual(bench.events.filter((event) => event.kind === 'elb-call'));
    expect(calls).toMatchObject([
      { operation: 'CreateTargetGroup', identity: 'test', region: 'us-east-1', result: 'ok' },
      {
        operation: 'RegisterTargets',
        targetGroup: 'web',
        targets: ['127.0.0.1:80', '127.0.0.2:8080'],
        result: 'ok',
      },
      {
        operation: 'DescribeTargetHealth',
        targetGroup: 'nobody',
        targets: [],
        result: 'TargetGroupNotFound',
      },
    ]);
  });
});
