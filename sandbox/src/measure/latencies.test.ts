import { describe, expect, it } from '@jest/globals';
import { latenciesOf } from './latencies.ts';

describe('latencies', () => {
  it('are those of steps that begin during the rollout', () => {
    const before = {
      name: 'old',
      uid: 'a',
      at: { healthy: 5, gateOpen: 50, deleted: 110, deregistered: 130, sigterm: 125 },
    };
    const after = {
      name: 'new',
      uid: 'b',
      at: { containersReady: 110, registered: 115, healthy: 200, gateOpen: 260 },
    };
    expect(latenciesOf([before, after], 100)).toEqual({
      register: { count: 1, min: 5, p50: 5, max: 5 },
      gate: { count: 1, min: 60, p50: 60, max: 60 },
      deregister: { count: 1, min: 20, p50: 20, max: 20 },
      sigterm: { count: 1, min: -5, p50: -5, max: -5 },
    });
  });

  it('are none for pods without gates', () => {
    const pod = { name: 'new', uid: 'b', at: { containersReady: 110, healthy: 200 } };
    expect(latenciesOf([pod], 100).gate).toBeUndefined();
  });
});
