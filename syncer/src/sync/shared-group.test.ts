import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHarness, finalizer, key, putInService, settle, type Harness } from './fixtures.ts';

// Two bindings of one target group, `web` and `blue`, which select the same pods.

let harness: Harness;
/** While it is there, nobody can read the ledger of `blue`. */
let held: Promise<void> | undefined;

beforeEach(() => {
  held = undefined;
  harness = createHarness({
    connect: ({ client, ...others }) => ({
      ...others,
      client: {
        ...client,
        request: async (call) => {
          if (call.method === 'GET' && call.path.endsWith('/targets.elbv2.k8s.aws.blue')) await held;
          return client.request(call);
        },
      },
    }),
  });
});

afterEach(() => harness.stop());

const deleteBinding = (): void =>
  harness.setBinding({
    uid: 'binding-web',
    finalizers: [finalizer],
    deletionTimestamp: new Date(harness.clock.now()).toISOString(),
  });
const deregistrations = (): string[] => harness.elb.changes().filter((call) => call.startsWith('deregister'));

describe('when one of two bindings of a group is deleted', () => {
  beforeEach(async () => {
    harness.setBinding({ uid: 'binding-web' });
    harness.setBinding({ uid: 'binding-blue' }, {}, 'blue');
    await putInService(harness, [1, 2], { ready: true });
  });

  it('the other goes on with the targets: none is deregistered (LBC#4880)', async () => {
    expect(harness.ledgerText('blue')).toContain(key(1));
    deleteBinding();
    await harness.clock.advance(10_000);
    expect(deregistrations()).toEqual([]);
    expect(harness.elb.registered()).toEqual([1, 2].map(key));
    expect(harness.ledgerText()).toBe('');
    expect(harness.api.bindings.get('web')?.finalizers).toEqual([]);
    harness.changePod(1, { terminating: true });
    await settle();
    expect(deregistrations()).toEqual([`deregister ${key(1)}`]);
  });

  it('after a restart, it waits until it is known what the other has', async () => {
    const answer = Promise.withResolvers<void>();
    held = answer.promise;
    harness.replaceSyncer();
    deleteBinding();
    await harness.clock.advance(30_000);
    expect(harness.api.bindings.get('web')?.finalizers).toEqual([finalizer]);
    expect(deregistrations()).toEqual([]);
    answer.resolve();
    await harness.clock.advance(10_000);
    expect(deregistrations()).toEqual([]);
    expect(harness.api.bindings.get('web')?.finalizers).toEqual([]);
    expect(harness.elb.registered()).toEqual([1, 2].map(key));
  });
});

it('what the one has registered is not foreign to the other', async () => {
  harness.setBinding({ uid: 'binding-web', annotations: { 'elbv2.k8s.aws/foreign-targets': 'remove' } });
  harness.setBinding({ uid: 'binding-blue' }, { serviceRef: { name: 'web', port: 81 } }, 'blue');
  harness.setService({
    ports: [
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'admin', port: 81, targetPort: 8081 },
    ],
  });
  await putInService(harness, [1], { ready: true });
  await harness.clock.advance(130_000);
  expect(harness.elb.registered()).toEqual(['10.0.0.1:8080', '10.0.0.1:8081']);
  expect(harness.statusOf()?.targets?.foreign).toBe(0);
});

it('a target that the other still has for an earlier pod is registered after the other has let it go', async () => {
  const time = '2026-01-01T11:00:00.000Z';
  harness.elb.targets.set(key(1), { state: 'healthy' });
  harness.api.configMaps.set('targets.elbv2.k8s.aws.blue', {
    version: 1,
    body: {
      data: {
        targetGroupARN: 'arn:web',
        targets: `${key(1)} pod/earlier uid-earlier intended=${time} registered=${time}\n`,
      },
    },
  });
  harness.setPod(1);
  harness.setBinding({ uid: 'binding-web' });
  harness.setBinding({ uid: 'binding-blue' }, {}, 'blue');
  await harness.clock.advance(10);
  const [first, ...others] = harness.elb.changes();
  expect(first).toBe(`deregister ${key(1)}`);
  expect(others.filter((call) => call === `register ${key(1)}`)).toHaveLength(1);
  expect(others.at(-1)).toBe(`register ${key(1)}`);
  await harness.clock.advance(2_000);
  expect(harness.isOpen(1)).toBe(false);
  harness.elb.check('healthy');
  await harness.clock.advance(2_000);
  expect(harness.isOpen(1)).toBe(true);
});
