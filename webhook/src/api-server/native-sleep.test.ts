import { expect, it } from '@jest/globals';
import { hasNativeSleep } from './native-sleep.ts';

it.each([
  ['1', '36', true],
  ['1', '30', true],
  ['1', '30+', true],
  ['1', '29', false],
  ['1', '29+', false],
  ['1', '8', false],
  ['2', '0', true],
  ['1', '', true],
])('an API server of version %s.%s has the native sleep: %s', (major, minor, expected) => {
  expect(hasNativeSleep({ major, minor })).toBe(expected);
});
