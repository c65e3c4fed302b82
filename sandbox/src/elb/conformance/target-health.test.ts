import { describe, expect, it } from '@jest/globals';
import { answer, deadPort, hang } from './app.ts';
import { openBench } from './bench.ts';

const seconds = (value: string) => ({ Key: 'deregistration_delay.timeout_seconds', Value: value });

describe('the health of targets, through the real SDK', () => {
  it.concurrent(
    'a new target goes from registration over initial checks to healthy after ONE passing check',
    async () => {
      await using bench = await openBench();
      const app = await bench.app();
      const group = await bench.group('web', { HealthyThresholdCount: 5 });
      await bench.expose(group);
      await bench.register(group, app.port);
      expect(await bench.health(group, app.port)).toEqual({
        State: 'initial',
        Reason: 'Elb.RegistrationInProgress',
        Description: 'Target registration is in progress',
      });
      await bench.reached(app.port, 'healthy');
      expect(app.seen.checks).toBe(1);
      expect(await bench.health(group, app.port)).toEqual({ State: 'healthy' });
      const states = bench.events
        .filter((event) => event.kind === 'target')
        .map(({ state, reason }) => [state, reason]);
      expect(states).toEqual([
        ['initial', 'Elb.RegistrationInProgress'],
        ['initial', 'Elb.InitialHealthChecking'],
        ['healthy', undefined],
      ]);
    },
  );

  it.concurrent(
    'a new target that is not ready yet stays initial until its first passing check',
    async () => {
      await using bench = await openBench();
      const app = await bench.app();
      app.onCheck = answer(503);
      const group = await bench.group('web', { UnhealthyThresholdCount: 10 });
      await bench.expose(group);
      await bench.register(group, app.port);
      await bench.reached(app.port, 'initial', 'Elb.InitialHealthChecking');
      expect(await bench.health(group, app.port)).toEqual({
        State: 'initial',
        Reason: 'Elb.InitialHealthChecking',
        Description: 'Initial health checks in progress',
      });
      app.onCheck = (request, response) => {
        app.onCheck = answer(200);
        answer(503)(request, response);
      };
      await bench.reached(app.port, 'healthy');
      expect(bench.events.some((event) => event.kind === 'target' && event.state === 'unhealthy')).toBe(
        false,
      );
    },
  );

  it.concurrent(
    'failed checks make a target unhealthy with the code; HealthyThresholdCount brings it back',
    async () => {
      await using bench = await openBench();
      const app = await bench.app();
      app.onCheck = answer(503);
      const group = await bench.group('web', { UnhealthyThresholdCount: 2, HealthyThresholdCount: 2 });
      await bench.expose(group);
      await bench.register(group, app.port);
      await bench.reached(app.port, 'unhealthy');
      expect(app.seen.checks).toBe(2);
      expect(await bench.health(group, app.port)).toEqual({
        State: 'unhealthy',
        Reason: 'Target.ResponseCodeMismatch',
        Description: 'Health checks failed with these codes: [503]',
      });
      app.onCheck = answer(200);
      await bench.reached(app.port, 'healthy');
      expect(app.seen.checks).toBe(4);
    },
  );

  it.concurrent('a target that does not answer in time is unhealthy with Target.Timeout', async () => {
    await using bench = await openBench();
    const app = await bench.app();
    app.onCheck = hang;
    const group = await bench.group('web');
    await bench.expose(group);
    await bench.register(group, app.port);
    await bench.reached(app.port, 'unhealthy');
    expect(await bench.health(group, app.port)).toEqual({
      State: 'unhealthy',
      Reason: 'Target.Timeout',
      Description: 'Request timed out',
    });
  });

  it.concurrent('a target that refuses connections is unhealthy with Target.FailedHealthChecks', async () => {
    await using bench = await openBench();
    const port = await deadPort();
    const group = await bench.group('web');
    await bench.expose(group);
    await bench.register(group, port);
    await bench.reached(port, 'unhealthy');
    expect(await bench.health(group, port)).toEqual({
      State: 'unhealthy',
      Reason: 'Target.FailedHealthChecks',
      Description: 'Health checks failed',
    });
  });

  it.concurrent('health checks use the matcher and a port of their own when the group says so', async () => {
    await using bench = await openBench();
    const app = await bench.app();
    app.onCheck = answer(301);
    const traffic = await deadPort();
    const group = await bench.group('web', {
      HealthCheckPort: String(app.port),
      Matcher: { HttpCode: '200-299,301' },
    });
    await bench.expose(group);
    await bench.register(group, traffic);
    await bench.reached(traffic, 'healthy');
    expect(app.seen.checks).toBe(1);
  });

  it.concurrent(
    'a target is unused and not checked until a listener uses its group, and again afterwards',
    async () => {
      await using bench = await openBench();
      const app = await bench.app();
      const group = await bench.group('web');
      const notInUse = {
        State: 'unused',
        Reason: 'Target.NotInUse',
        Description: 'Target group is not configured to receive traffic from the load balancer',
      };
      await bench.register(group, app.port);
      expect(await bench.health(group, app.port)).toEqual(notInUse);
      const { listenerArn } = await bench.expose(group);
      await bench.reached(app.port, 'healthy');
      expect(app.seen.checks).toBe(1);
      await bench.sdk.deleteListener({ ListenerArn: listenerArn });
      expect(await bench.health(group, app.port)).toEqual(notInUse);
    },
  );

  it.concurrent(
    'a target that was never registered is unused, Target.NotRegistered, when asked for',
    async () => {
      await using bench = await openBench();
      const group = await bench.group('web');
      expect(await bench.health(group, 80)).toEqual({
        State: 'unused',
        Reason: 'Target.NotRegistered',
        Description: 'Target is not registered to the target group',
      });
      const { TargetHealthDescriptions } = await bench.sdk.describeTargetHealth({ TargetGroupArn: group });
      expect(TargetHealthDescriptions).toEqual([]);
    },
  );

  it.concurrent(
    'a deregistered target drains for the delay although it is idle, and is gone then',
    async () => {
      await using bench = await openBench();
      const app = await bench.app();
      const group = await bench.group('web');
      await bench.sdk.modifyTargetGroupAttributes({ TargetGroupArn: group, Attributes: [seconds('1')] });
      await bench.expose(group);
      await bench.register(group, app.port);
      await bench.reached(app.port, 'healthy');
      await bench.deregister(group, app.port);
      expect(await bench.health(group, app.port)).toEqual({
        State: 'draining',
        Reason: 'Target.DeregistrationInProgress',
        Description: 'Target deregistration is in progress',
      });
      await bench.reached(app.port, 'gone');
      const changes = bench.events.filter((event) => event.kind === 'target');
      const [draining, gone] = changes.slice(-2);
      expect(draining?.state).toBe('draining');
      expect((gone?.at ?? 0) - (draining?.at ?? 0)).toBeGreaterThanOrEqual(1000);
      expect((gone?.at ?? 0) - (draining?.at ?? 0)).toBeLessThan(10_000);
      expect(await bench.health(group, app.port)).toMatchObject({ Reason: 'Target.NotRegistered' });
    },
  );

  it.concurrent('a draining target that is registered again starts at initial', async () => {
    await using bench = await openBench();
    const app = await bench.app();
    const group = await bench.group('web');
    await bench.expose(group);
    await bench.register(group, app.port);
    await bench.reached(app.port, 'healthy');
    await bench.deregister(group, app.port);
    await bench.register(group, app.port);
    expect(await bench.health(group, app.port)).toMatchObject({ Reason: 'Elb.RegistrationInProgress' });
  });

  it.concurrent('registering a registered target leaves its health as it was', async () => {
    await using bench = await openBench();
    const app = await bench.app();
    const group = await bench.group('web');
    await bench.expose(group);
    await bench.register(group, app.port);
    await bench.reached(app.port, 'healthy');
    await bench.register(group, app.port);
    expect(await bench.health(group, app.port)).toEqual({ State: 'healthy' });
  });

  it.concurrent('deregistering an unknown target succeeds and leaves nothing behind', async () => {
    await using bench = await openBench();
    const group = await bench.group('web');
    await bench.deregister(group, 80);
    expect(await bench.health(group, 80)).toMatchObject({ Reason: 'Target.NotRegistered' });
    expect(bench.events.some((event) => event.kind === 'target')).toBe(false);
  });
});
