import { describe, expect, it } from '@jest/globals';
import type { WorldEvent } from '@targetgate/sandbox/world';
import { openedTooEarly } from './trial.ts';

const heir = { uid: 'b', address: '127.0.0.5', createdAt: 1000 };

const healthy = (at: number): WorldEvent => ({
  kind: 'target',
  at,
  targetGroup: 'app',
  target: '127.0.0.5:8080',
  state: 'healthy',
});

const registered = (at: number): WorldEvent => ({
  kind: 'elb-call',
  at,
  ms: 2000,
  operation: 'RegisterTargets',
  identity: 'sandbox',
  region: 'us-east-1',
  targetGroup: 'app',
  targets: ['127.0.0.5:8080'],
  result: 'ok',
});

const open = (at: number): WorldEvent => ({
  kind: 'gate',
  at,
  namespace: 'app',
  pod: 'web',
  uid: 'b',
  gate: 'gate',
  status: 'True',
  reason: 'Healthy',
  message: undefined,
});

describe('the gate of a pod with a recycled address', () => {
  it.each([
    [
      'that opens after its own target was healthy is right',
      [registered(1500), healthy(4000), open(4100)],
      false,
    ],
    ['that opens on the health of its predecessor is too early', [healthy(900), open(1600)], true],
    [
      'that opens while its registration is under way is too early',
      [registered(1500), open(2000), healthy(4000)],
      true,
    ],
    [
      'that opens on health from before its registration was carried out is too early',
      [registered(1500), healthy(3000), open(3100)],
      true,
    ],
  ])('%s', (_, journal, tooEarly) => {
    expect(openedTooEarly(journal, heir)).toBe(tooEarly);
  });

  it('that has not opened is no outcome', () => {
    expect(() => openedTooEarly([registered(1500), healthy(4000)], heir)).toThrow('has not opened');
  });
});
