import { describe, expect, it } from '@jest/globals';
import { readFlags } from './flags.ts';

describe('the command line', () => {
  it.each([
    [[], { is: 'run', keep: false }],
    [['--keep'], { is: 'run', keep: true }],
    [['--keep', '--help'], { is: 'help' }],
  ])('%j asks for %j', (args, wish) => {
    expect(readFlags(args)).toEqual(wish);
  });

  it('with an unknown flag is a mistake that names it', () => {
    expect(readFlags(['--fast'])).toMatchObject({
      is: 'mistake',
      message: expect.stringContaining('--fast'),
    });
  });
});
