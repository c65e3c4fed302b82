import { describe, expect, it } from '@jest/globals';
import { addressesOf, claimInstance } from './instance.ts';

describe('instances', () => {
  it('share no addresses', () => {
    const octets = Array.from({ length: 23 }, (_, number) => {
      const { nodes, pods, services, loadBalancers } = addressesOf(number);
      return [nodes, pods, services, loadBalancers].map((block) => Number(block.split('.')[1]));
    }).flat();
    expect(new Set(octets).size).toBe(octets.length);
    expect(Math.max(...octets)).toBeLessThan(255);
  });

  it('have different numbers while they run at the same time', async () => {
    const one = await claimInstance();
    const other = await claimInstance();
    expect(other.number).not.toBe(one.number);
    await one.release();
    await other.release();
  });

  it('give their number back', async () => {
    const one = await claimInstance();
    await one.release();
    const next = await claimInstance();
    expect(next.number).toBe(one.number);
    await next.release();
  });
});
