import { describe, expect, it } from '@jest/globals';
import { parseMatcher } from './matcher.ts';

describe('a matcher', () => {
  it.each([
    ['200', 200, true],
    ['200', 201, false],
    ['200-299,301', 299, true],
    ['200-299,301', 300, false],
    ['200-299,301', 301, true],
  ])('%s on %i: %s', (text, code, matches) => {
    expect(parseMatcher(text)?.(code)).toBe(matches);
  });

  it.each(['', 'ok', '200-', '20', '299-200', '500', '200, 201'])('refuses "%s"', (text) => {
    expect(parseMatcher(text)).toBeUndefined();
  });
});
