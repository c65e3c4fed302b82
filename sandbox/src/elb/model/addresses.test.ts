import { describe, expect, it } from '@jest/globals';
import { createAddresses } from './addresses.ts';

describe('addresses', () => {
  it('follow the base one by one, across a byte', () => {
    const next = createAddresses('127.16.0.254');
    expect([next(), next()]).toEqual(['127.16.0.255', '127.16.1.0']);
  });

  it('may be private ones, for a network namespace', () => {
    expect(createAddresses('10.64.1.0')()).toBe('10.64.1.1');
  });

  it('are never public ones', () => {
    expect(() => createAddresses('192.0.2.0')).toThrow('neither a loopback address nor a private one');
  });
});
