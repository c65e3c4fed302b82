import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createHarness, settle, type Harness } from './fixtures.ts';

// A service without a selector: somebody else writes its endpoints.

let harness: Harness;
const target = (n: number): string => `192.168.0.${n}:8080`;
const endpoint = (n: number, conditions: object = {}): Record<string, unknown> => ({
  addresses: [`192.168.0.${n}`],
  conditions,
});

/** Three endpoints in service. */
beforeEach(async () => {
  harness = createHarness();
  harness.setService({ selector: undefined });
  harness.setEndpointSlice({ endpoints: [1, 2, 3].map((n) => endpoint(n)) });
  harness.setBinding({ uid: 'binding-1' });
  await settle();
  harness.elb.check('healthy');
  await harness.clock.advance(6_000);
});

afterEach(() => harness.stop());

it('endpoints are registered by their addresses, and the ledger says what they are', () => {
  expect(harness.elb.registered()).toEqual([target(1), target(2), target(3)]);
  expect(harness.ledgerText()).toMatch(/^192\.168\.0\.1:8080 endpoint\/192\.168\.0\.1 endpoint:192/m);
  expect(harness.statusOf()?.targets).toEqual({ desired: 3, healthy: 3, draining: 0, foreign: 0 });
});

it.each([
  ['is not in the slice any more', [endpoint(1), endpoint(2)]],
  ['terminates', [endpoint(1), endpoint(2), endpoint(3, { terminating: true })]],
  ['is not ready', [endpoint(1), endpoint(2), endpoint(3, { ready: false })]],
])('an endpoint that %s leaves', async (_, endpoints) => {
  harness.setEndpointSlice({ endpoints });
  await settle();
  expect(harness.elb.registered()).toEqual([target(1), target(2)]);
  expect(harness.ledgerText()).not.toContain(target(3));
});

it('endpoints leave down to a single one, step by step', async () => {
  harness.setEndpointSlice({ endpoints: [endpoint(1), endpoint(2)] });
  await settle();
  harness.setEndpointSlice({ endpoints: [endpoint(1)] });
  await settle();
  expect(harness.elb.registered()).toEqual([target(1)]);
});

it('when more than half of the endpoints are gone at once, the others are held', async () => {
  harness.setEndpointSlice({ endpoints: [endpoint(1)] });
  await harness.clock.advance(120_000);
  expect(harness.elb.registered()).toHaveLength(3);
  expect(harness.viewOf()?.held.map(({ cause }) => cause)).toEqual(['endpoint-gone', 'endpoint-gone']);
  expect(harness.conditionOf('Degraded')).toBe('True RemovalsHeld');
});

it('endpoints that nobody has written are a problem to report, and no order to remove any', async () => {
  harness.setEndpointSlice({ ports: [], endpoints: [] });
  await harness.clock.advance(120_000);
  expect(harness.elb.registered()).toHaveLength(3);
  expect(harness.conditionOf('Ready')).toBe('False EndpointsNotFound');
});
