import { describe, expect, it } from '@jest/globals';
import { createReadiness } from './readiness.ts';

describe('readiness', () => {
  it('names all that is waited for, until it is there', () => {
    const readiness = createReadiness();
    const certificate = readiness.waitFor('the certificate');
    const lists = readiness.waitFor('the first lists');
    expect(readiness.notReady()).toBe('waiting for the certificate and the first lists');
    certificate();
    expect(readiness.notReady()).toBe('waiting for the first lists');
    lists();
    expect(readiness.notReady()).toBeUndefined();
  });

  it('ends with the stop, for good', () => {
    const readiness = createReadiness();
    const certificate = readiness.waitFor('the certificate');
    readiness.stop();
    certificate();
    expect(readiness.notReady()).toBe('stopping');
  });
});
