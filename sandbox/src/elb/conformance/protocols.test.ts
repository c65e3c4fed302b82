import { describe, expect, it } from '@jest/globals';
import { freePort } from '../../control-plane/free-port.ts';
import { openBench, type Bench } from './bench.ts';
import { deadPort } from './app.ts';
import { outcomeOf } from './outcome.ts';

/** A network load balancer whose listener forwards to the group. */
async function expose(bench: Bench, TargetGroupArn: string, Protocol: 'TCP' | 'UDP' | 'TCP_UDP') {
  const { LoadBalancers } = await bench.sdk.createLoadBalancer({ Name: 'nlb', Type: 'network' });
  const { LoadBalancerArn = '', DNSName = '' } = LoadBalancers?.[0] ?? {};
  const Port = await freePort(10_000);
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
  await bench.sdk.createListener({ LoadBalancerArn, Protocol, Port, DefaultActions });
  return { LoadBalancerArn, url: `http://${DNSName}:${Port}/` };
}

/** Without the settings that only HTTP groups have. */
const layer4 = (Protocol: 'TCP' | 'UDP' | 'TCP_UDP') =>
  ({ Protocol, HealthCheckPath: undefined, HealthCheckIntervalSeconds: 30 }) as const;

describe('target groups of other protocols, through the real SDK', () => {
  it.each(['TCP', 'UDP', 'TCP_UDP'] as const)(
    'a %s group is checked by TCP, with AWS defaults',
    async (protocol) => {
      await using bench = await openBench();
      await bench.group('web', layer4(protocol));
      const { TargetGroups } = await bench.sdk.describeTargetGroups({ Names: ['web'] });
      expect(TargetGroups?.[0]).toMatchObject({
        Protocol: protocol,
        HealthCheckProtocol: 'TCP',
        HealthCheckIntervalSeconds: 30,
        HealthCheckTimeoutSeconds: 10,
        HealthyThresholdCount: 5,
        UnhealthyThresholdCount: 2,
      });
      expect(TargetGroups?.[0]).not.toHaveProperty('Matcher');
    },
  );

  it('a TCP check passes where the port is open, and only there', async () => {
    await using bench = await openBench();
    const app = await bench.app();
    const dead = await deadPort();
    const group = await bench.group('web', { ...layer4('TCP'), HealthCheckIntervalSeconds: 1 });
    await expose(bench, group, 'TCP');
    await bench.register(group, app.port, dead);
    await bench.reached(app.port, 'healthy');
    await bench.reached(dead, 'unhealthy', 'Target.FailedHealthChecks');
    expect(app.seen.checks).toBe(0);
  });

  it('a TCP group may be checked by HTTP', async () => {
    await using bench = await openBench();
    const app = await bench.app();
    const group = await bench.group('web', { Protocol: 'TCP', HealthCheckProtocol: 'HTTP' });
    await expose(bench, group, 'TCP');
    await bench.register(group, app.port);
    await bench.reached(app.port, 'healthy');
    expect(app.seen.checks).toBe(1);
  });

  it('a network load balancer passes connections to healthy targets, and resets them without any', async () => {
    await using bench = await openBench();
    const app = await bench.app();
    const group = await bench.group('web', { ...layer4('TCP'), HealthCheckIntervalSeconds: 1 });
    const { url, LoadBalancerArn } = await expose(bench, group, 'TCP');
    await expect(fetch(url)).rejects.toThrow();
    await bench.register(group, app.port);
    await bench.reached(app.port, 'healthy');
    expect((await fetch(url)).status).toBe(200);
    expect(LoadBalancerArn).toContain(':loadbalancer/net/nlb/');
  });

  it('neither a network load balancer has an idle timeout, nor its target groups a slow start', async () => {
    await using bench = await openBench();
    const TargetGroupArn = await bench.group('web', layer4('TCP'));
    const { LoadBalancerArn } = await expose(bench, TargetGroupArn, 'TCP');
    const ofBalancer = await bench.sdk.describeLoadBalancerAttributes({ LoadBalancerArn });
    const ofGroup = await bench.sdk.describeTargetGroupAttributes({ TargetGroupArn });
    const keys = [ofBalancer, ofGroup].map(({ Attributes }) => Attributes?.map(({ Key }) => Key));
    expect(keys[0]).not.toContain('idle_timeout.timeout_seconds');
    expect(keys[1]).not.toContain('slow_start.duration_seconds');
    expect(keys[1]).toContain('deregistration_delay.timeout_seconds');
  });

  it.each([
    ['TCP', 'TCP', 'no error'],
    ['TCP', 'TCP_UDP', 'no error'],
    ['UDP', 'UDP', 'no error'],
    ['UDP', 'TCP', 'IncompatibleProtocolsException'],
    ['TCP_UDP', 'TCP', 'IncompatibleProtocolsException'],
  ] as const)('a %s listener for a %s group: %s', async (listener, group, outcome) => {
    await using bench = await openBench();
    const arn = await bench.group('web', layer4(group));
    expect(await outcomeOf(expose(bench, arn, listener))).toBe(outcome);
  });

  it('an application load balancer has no TCP listeners', async () => {
    await using bench = await openBench();
    const TargetGroupArn = await bench.group('web', layer4('TCP'));
    const { LoadBalancers } = await bench.sdk.createLoadBalancer({ Name: 'alb' });
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
    const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
    const listener = { LoadBalancerArn, Protocol: 'TCP', Port: 8080, DefaultActions } as const;
    expect(await outcomeOf(bench.sdk.createListener(listener))).toBe('ValidationError');
  });
});
