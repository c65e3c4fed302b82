import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchesGlob } from './glob.ts';

describe('a glob', () => {
  it.each([
    ['web', 'web', true],
    ['web', 'web-2', false],
    ['web', 'a-web', false],
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'a:b/c', true],
    ['team-*', 'team-', true],
    ['team-*', 'teams', false],
    ['*-web', 'a-web-web', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['web-?', 'web-1', true],
    ['web-?', 'web-', false],
    ['web-?', 'web-10', false],
    ['*?', '', false],
    ['w.b', 'web', false],
    ['Web', 'web', false],
  ])('%j and the text %j: %j', (glob, text, expected) => {
    expect(matchesGlob(glob, text)).toBe(expected);
  });

  it('matches what a regular expression made of it matches', () => {
    const part = fc.constantFrom('a', 'b', '*', '?');
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), letters, (parts, text) => {
        const expression = parts.join('').replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchesGlob(parts.join(''), text)).toBe(new RegExp(`^${expression}$`).test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('of many stars takes no time that grows with their number', () => {
    const began = process.cpuUsage();
    expect(matchesGlob('*a'.repeat(200), `${'a'.repeat(199)}${'b'.repeat(5_000)}`)).toBe(false);
    expect(process.cpuUsage(began).user).toBeLessThan(1_000_000);
  });
});
