import { describe, expect, it } from '@jest/globals';
import { addressPool } from './address-pool.ts';

describe('an address pool', () => {
  it('gives each pod another address, from the first one after the block itself', () => {
    const pool = addressPool('127.64.0.0/30');
    expect([pool.take(), pool.take(), pool.take()]).toEqual(['127.64.0.1', '127.64.0.2', '127.64.0.3']);
  });

  it('has none to give while all are taken, and gives one again that is freed', () => {
    const pool = addressPool('127.64.0.0/31');
    expect(pool.take()).toBe('127.64.0.1');
    expect(pool.take()).toBeUndefined();
    pool.free('127.64.0.1');
    expect(pool.take()).toBe('127.64.0.1');
  });

  it.each([
    { reuse: 'last', next: ['127.64.0.3', '127.64.0.1', '127.64.0.2'] },
    { reuse: 'first', next: ['127.64.0.2', '127.64.0.1', '127.64.0.3'] },
  ] as const)('uses freed addresses $reuse', ({ reuse, next }) => {
    const pool = addressPool('127.64.0.0/30', reuse);
    pool.take();
    pool.take();
    pool.free('127.64.0.1');
    pool.free('127.64.0.2');
    expect([pool.take(), pool.take(), pool.take()]).toEqual(next);
  });

  it('gives a pod back the address that it had, unless another one lives there', () => {
    const pool = addressPool('127.64.0.0/24');
    expect(pool.take('127.64.0.9')).toBe('127.64.0.9');
    expect(pool.take('127.64.0.9')).toBe('127.64.0.1');
  });

  it('does not give an address again that it gave back by name', () => {
    const pool = addressPool('127.64.0.0/30');
    pool.take('127.64.0.2');
    expect([pool.take(), pool.take(), pool.take()]).toEqual(['127.64.0.1', '127.64.0.3', undefined]);
  });

  it('has no use for an address of another block, nor for a second freeing', () => {
    const pool = addressPool('127.64.0.0/30');
    expect(pool.take('127.99.0.1')).toBe('127.64.0.1');
    pool.free('127.64.0.1');
    pool.free('127.64.0.1');
    expect([pool.take(), pool.take(), pool.take(), pool.take()]).toEqual([
      '127.64.0.2',
      '127.64.0.3',
      '127.64.0.1',
      undefined,
    ]);
  });

  it.each(['127.64.0.0', '127.64.0.0/32', '127.64.0.0/x', 'fd00::/64', ''])(
    'refuses the block "%s"',
    (block) => {
      expect(() => addressPool(block)).toThrow('is not a block of IPv4 addresses');
    },
  );
});
