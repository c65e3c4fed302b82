import { expect, it } from '@jest/globals';
import { identityOf, podOf } from './identity.ts';

it('each process has an identity of its own, which tells its pod', () => {
  const [one, other] = [identityOf('syncer-7d9f-x2x', 'host'), identityOf('syncer-7d9f-x2x', 'host')];
  expect(one.id).not.toBe(other.id);
  expect(podOf(one.id)).toBe('syncer-7d9f-x2x');
});

it.each([
  ['an earlier process of the same pod', 'syncer-1', 'syncer-1_0a1b2c3d', true],
  ['one of another pod', 'syncer-1', 'syncer-2_0a1b2c3d', false],
  ['one of a pod whose name only begins alike', 'syncer-1', 'syncer-10_0a1b2c3d', false],
  ['nobody', 'syncer-1', '', false],
  ['an earlier process of a host: others may run there', undefined, 'host_0a1b2c3d', false],
])('%s is a predecessor or not', (_, podName, holder, expected) => {
  expect(identityOf(podName, 'host').isPredecessor(holder)).toBe(expected);
});

it('nobody is its own predecessor', () => {
  const self = identityOf('syncer-1', 'host');
  expect(self.isPredecessor(self.id)).toBe(false);
});
