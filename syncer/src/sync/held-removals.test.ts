import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { annotation, createHarness, key, putInService, settle, type Harness } from './fixtures.ts';

let harness: Harness;

beforeEach(() => {
  harness = createHarness();
});

afterEach(() => harness.stop());

const allowRemovals = (ms: number): void => {
  const until = new Date(harness.clock.now() + ms).toISOString();
  harness.setBinding({ uid: 'binding-1', annotations: annotation('allow-removals-until', until) });
};

describe('the service of running pods is deleted:', () => {
  beforeEach(async () => {
    harness.setBinding({ uid: 'binding-1' });
    await putInService(harness, [1, 2, 3]);
    harness.setService(undefined);
    await settle();
  });

  it('their targets are kept, and the status, an event and the metrics say so', async () => {
    await harness.clock.advance(3_600_000);
    expect(harness.elb.registered()).toEqual([1, 2, 3].map(key));
    expect(harness.conditionOf('Ready')).toBe('False ServiceNotFound');
    expect(harness.conditionOf('Degraded')).toBe('True RemovalsHeld');
    expect(harness.api.events.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['ServiceNotFound', 'RemovalsHeld']),
    );
    expect(harness.viewOf()?.held.map(({ cause }) => cause)).toEqual(Array(3).fill('service-gone'));
  });

  it('the status has the command that lets them go', () => {
    const [, degraded] = harness.statusOf()?.conditions ?? [];
    expect(degraded?.message).toContain(
      'kubectl annotate --overwrite --namespace shop targetgroupbindings.elbv2.k8s.aws web elbv2.k8s.aws/allow-removals-until=',
    );
  });

  it('a person lets them go', async () => {
    allowRemovals(60_000);
    await settle();
    expect(harness.elb.registered()).toEqual([]);
    expect(harness.conditionOf('Degraded')).toBe('False Fine');
  });

  it('a word of a person that is out of date lets none go', async () => {
    allowRemovals(-1_000);
    await harness.clock.advance(600_000);
    expect(harness.elb.registered()).toHaveLength(3);
  });

  it('when the service is back, nothing has happened', async () => {
    harness.elb.calls.length = 0;
    harness.setService({});
    await harness.clock.advance(10_000);
    expect(harness.elb.changes()).toEqual([]);
    expect(harness.conditionOf('Degraded')).toBe('False Fine');
    expect(harness.conditionOf('Ready')).toBe('True InStep');
  });
});

// LBC#2061, #4204, #3621; argo-rollouts#1283, #4834
describe("a service's selector changes from blue to green:", () => {
  const blue = [1, 2];
  const green = [3, 4];
  const select = (color: string): void => harness.setService({ selector: { app: 'web', color } });

  beforeEach(async () => {
    select('blue');
    harness.setBinding({ uid: 'binding-1' });
    await putInService(harness, blue, { labels: { app: 'web', color: 'blue' } });
    for (const n of green) harness.setPod(n, { labels: { app: 'web', color: 'green' }, open: true });
    await settle();
    select('green');
    await harness.clock.advance(2_000);
  });

  it('the blue ones leave when all green ones are healthy', async () => {
    expect(harness.elb.registered()).toEqual([...blue, ...green].map(key));
    harness.elb.check('healthy', [key(3)]);
    await harness.clock.advance(2_000);
    expect(harness.elb.registered()).toEqual([...blue, ...green].map(key));
    harness.elb.check('healthy', [key(4)]);
    await harness.clock.advance(2_000);
    expect(harness.elb.registered()).toEqual(green.map(key));
  });

  it('after ten minutes the blue ones leave, when half as many green ones are healthy', async () => {
    harness.elb.check('healthy', [key(3)]);
    harness.elb.check('unhealthy', [key(4)]);
    await harness.clock.advance(590_000);
    expect(harness.elb.registered()).toEqual([...blue, ...green].map(key));
    await harness.clock.advance(20_000);
    expect(harness.elb.registered()).toEqual(green.map(key));
  });

  it('the blue ones stay for ever where no green one is healthy', async () => {
    harness.elb.check('unhealthy', green.map(key));
    await harness.clock.advance(7_200_000);
    expect(harness.elb.registered()).toEqual([...blue, ...green].map(key));
    expect(harness.conditionOf('Degraded')).toBe('True RemovalsHeld');
  });

  it('a blue pod that is deleted meanwhile leaves at once', async () => {
    harness.changePod(1, { terminating: true });
    await settle();
    expect(harness.elb.registered()).toEqual([2, 3, 4].map(key));
  });
});

it('when the containers of all pods fail at once, half of them stay, with their gates', async () => {
  harness.setBinding({ uid: 'binding-1' });
  await putInService(harness, [1, 2, 3, 4]);
  for (const n of [1, 2, 3, 4]) harness.changePod(n, { containersReady: false });
  await harness.clock.advance(120_000);
  expect(harness.elb.registered()).toHaveLength(2);
  expect([1, 2, 3, 4].filter((n) => harness.isOpen(n))).toHaveLength(2);
  for (const n of [1, 2, 3, 4]) harness.changePod(n, { containersReady: true });
  await settle();
  expect(harness.elb.registered()).toHaveLength(4);
});
