import { describe, expect, it } from '@jest/globals';
import { newsOf } from './news.ts';

describe('news', () => {
  it('are the moments that were not told yet, in order of time', () => {
    const told = new Set<string>();
    const one = { name: 'shop-1', uid: 'a', at: { created: 3, containersReady: 9 } };
    const other = { name: 'shop-2', uid: 'b', at: { created: 5 } };
    expect(newsOf([one, other], told)).toEqual([
      { at: 3, pod: 'shop-1', moment: 'created' },
      { at: 5, pod: 'shop-2', moment: 'created' },
      { at: 9, pod: 'shop-1', moment: 'containersReady' },
    ]);
    expect(newsOf([one, other], told)).toEqual([]);
  });
});
