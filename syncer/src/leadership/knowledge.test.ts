import { describe, expect, it } from '@jest/globals';
import { leaseOf } from './fixtures.ts';
import { learn, type Knowledge } from './knowledge.ts';

const at = 1_000;
const held = leaseOf({ version: '10', holder: 'other', durationMs: 7_000 });
const known: Knowledge = { lease: held, holder: 'other', freeAt: 7_500 };

describe('a Lease that is seen', () => {
  it.each([
    [
      'first, held by another: free when it was silent for its duration',
      undefined,
      held,
      'watch',
      'other',
      8_000,
    ],
    ['first, held by nobody: free now', undefined, leaseOf({ holder: '' }), 'watch', '', at],
    ['again: free as of when it was seen first', known, held, 'read', 'other', 7_500],
    ['renewed: free later', known, { ...held, version: '11' }, 'watch', 'other', 8_000],
    [
      'renewed for another time: free as its holder says',
      known,
      { ...held, version: '11', durationMs: 3_000 },
      'watch',
      'other',
      4_000,
    ],
    ['let go: free now', known, { ...held, version: '11', holder: '' }, 'watch', '', at],
    [
      'that nobody has held yet: free when nobody can hold one that it replaces',
      known,
      leaseOf({ version: '11', holder: '', acquiredAt: undefined }),
      'watch',
      '',
      6_000,
    ],
    [
      'in an old state, by a watch: nothing new',
      known,
      { ...held, version: '9', holder: 'older' },
      'watch',
      'other',
      7_500,
    ],
    [
      'in an old state, by the late answer to a write: nothing new',
      known,
      { ...held, version: '9', holder: 'us' },
      'write',
      'other',
      7_500,
    ],
    [
      'in an old state, by a read: true, as the API server was restored from a backup',
      known,
      { ...held, version: '9', holder: 'older' },
      'read',
      'older',
      8_000,
    ],
  ] as const)('%s', (_, before, lease, by, holder, freeAt) => {
    expect(learn(before, { lease, by, at }, 5_000)).toMatchObject({ holder, freeAt });
  });
});

describe('a Lease that is missing', () => {
  it('and was never seen is made now', () => {
    const expected = { lease: undefined, holder: '', freeAt: at };
    expect(learn(undefined, { lease: undefined, by: 'watch', at }, 5_000)).toEqual(expected);
  });

  it('and was deleted is free when it would have been: its holder may not know', () => {
    const expected = { lease: undefined, holder: 'other', freeAt: 7_500 };
    expect(learn(known, { lease: undefined, by: 'watch', at }, 5_000)).toEqual(expected);
  });
});
