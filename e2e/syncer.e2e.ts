import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { binding, deployment, manifests, namespace, service } from './app.ts';
import { untilServing, untilTargets } from './cluster.ts';
import { syncerPage } from './programs.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
});

afterAll(() => world.close());

it('a binding may name its target group instead of giving its ARN', async () => {
  const { arn } = await world.makeTargetGroup({ name: 'by-name' });
  const app = { name: 'by-name', targetGroupArn: arn };
  const byName = {
    ...binding(app),
    spec: { serviceRef: { name: 'by-name', port: 80 }, targetGroupName: 'by-name', targetType: 'ip' },
  };
  await world.apply([namespace(app), service(app), byName, deployment(app)]);
  await untilServing(world, { name: 'by-name', arn, replicas: 2 });
});

it('targets of somebody else stay in the group', async () => {
  const { arn } = await world.makeTargetGroup({ name: 'shared', deregistrationDelaySeconds: 1 });
  await world.elb.send(
    new RegisterTargetsCommand({ TargetGroupArn: arn, Targets: [{ Id: '127.9.9.9', Port: 8080 }] }),
  );
  await world.apply(manifests({ name: 'shared', targetGroupArn: arn, preStopSeconds: 0 }));
  await untilServing(world, { name: 'shared', arn, replicas: 2 });
  await world.kubectl(['delete', 'namespace', 'shared', '--timeout=60s']);
  await untilTargets(world, arn, ['127.9.9.9:8080']);
});

describe('the syncer shows what it does', () => {
  it('in its metrics', async () => {
    const text = await syncerPage(world, '/metrics');
    const value = (line: RegExp): number => Number(line.exec(text)?.[1]);
    expect(value(/^targetgate_syncer_gate_latency_seconds_count (\d+)/m)).toBeGreaterThanOrEqual(2);
    expect(value(/^targetgate_syncer_registration_latency_seconds_count (\d+)/m)).toBeGreaterThanOrEqual(2);
    expect(value(/^targetgate_syncer_deregistration_latency_seconds_count (\d+)/m)).toBeGreaterThanOrEqual(1);
    expect(
      value(/^targetgate_syncer_aws_calls_total{operation="RegisterTargets",result="ok"} (\d+)/m),
    ).toBeGreaterThan(0);
    expect(
      value(/^targetgate_syncer_targets{namespace="by-name",binding="by-name",state="healthy"} (\d+)/m),
    ).toBe(2);
    expect(value(/^targetgate_syncer_round_seconds_count (\d+)/m)).toBeGreaterThan(0);
    expect(value(/^targetgate_syncer_queue_depth (\d+)/m)).toBe(0);
  });

  it('on its status page', async () => {
    const text = await syncerPage(world, '/');
    expect(text).toContain('by-name/by-name');
    expect(text).toContain('2 healthy');
  });

  it('in kubectl', async () => {
    const table = await world.kubectl(['get', 'targetgroupbindings', '-A']);
    expect(table).toMatch(
      /NAMESPACE +NAME +SERVICE-NAME +SERVICE-PORT +TARGET-TYPE +READY +REASON +DESIRED +HEALTHY +AGE/,
    );
    expect(table).toMatch(/by-name +by-name +by-name +80 +ip +True +InStep/);
  });
});
