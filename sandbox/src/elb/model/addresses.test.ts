import { describe, expect, it } from '@jest/globals';
import { createAddresses } from './addresses.ts';

describe('addresses', () => {
  it('follow the base one by one, across a byte', () => {
    const next = createAddresses('127.16.0.254');
    expect([next(), next()]).toEqual(['127.16.0.255', '127.16.1.0']);
  });

  it('are loopback addresses only', () => {
    expect(() => createAddresses('10.0.0.0')).toThrow('not a loopback address');
  });
});
