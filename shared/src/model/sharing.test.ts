import { describe, expect, it } from '@jest/globals';
import { createSharing } from './sharing.ts';

describe('sharing', () => {
  it('gives one object for equal values, and their own for others', () => {
    const share = createSharing();
    const first = share({ app: 'web' });
    expect(share({ app: 'web' })).toBe(first);
    expect(share({ app: 'api' })).toEqual({ app: 'api' });
  });

  it('remembers what is in use, however much else comes by', () => {
    const share = createSharing();
    const used = share({ app: 'web' });
    for (let n = 0; n < 10_000; n++) {
      share({ job: n });
      if (n % 500 === 0) expect(share({ app: 'web' })).toBe(used);
    }
  });

  it('forgets what has not been seen for long', () => {
    const share = createSharing();
    const unused = share({ app: 'web' });
    for (let n = 0; n < 10_000; n++) share({ job: n });
    expect(share({ app: 'web' })).not.toBe(unused);
  });
});
