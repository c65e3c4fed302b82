import { expect, it } from '@jest/globals';
import { targetKey, targetOfKey } from './ledger.ts';

it.each([
  [{ id: '10.0.0.1', port: 8080 }, '10.0.0.1:8080'],
  [{ id: 'fd00::1', port: 8080 }, '[fd00::1]:8080'],
  [{ id: 'i-0123456789abcdef0', port: 30080 }, 'i-0123456789abcdef0:30080'],
])('the target %j has the key %s, which leads back to it', (target, key) => {
  expect(targetKey(target)).toBe(key);
  expect(targetOfKey(key)).toEqual(target);
});

it.each([
  '',
  '10.0.0.1',
  ':8080',
  '10.0.0.1:',
  '10.0.0.1:http',
  'fd00::1:8080',
  '[]:8080',
  '10.0.0.1:0',
  '10.0.0.1:65536',
])('no target has the key "%s"', (key) => {
  expect(targetOfKey(key)).toBeUndefined();
});
