import { describe, expect, it } from '@jest/globals';
import { followPulse } from './pulse.ts';

describe('the pulse', () => {
  it('has the rate of the last second and the sums of all', () => {
    const { see, pulse } = followPulse('shop');
    for (let at = 0; at < 2000; at += 100) {
      see({
        kind: 'traffic',
        traffic: 'shop',
        at,
        ms: 100,
        counts: at < 1900 ? { 200: 20 } : { 200: 5, 503: 10 },
      });
    }
    see({ kind: 'traffic', traffic: 'other', at: 2000, ms: 100, counts: { 503: 7 } });
    expect(pulse()).toEqual({ perSecond: 195, answered: 385, failed: 10 });
  });
});
