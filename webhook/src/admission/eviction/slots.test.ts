import { setImmediate as settle } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createSlots } from './slots.ts';

const patient = new AbortController().signal;

/** Two slots, and works that last until they are ended; `begun` has the names of those that were begun. */
function start() {
  const slots = createSlots(2);
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  return {
    begun,
    work: (name: string, signal = patient) =>
      slots(() => {
        begun.push(name);
        return new Promise<string>((resolve, reject) => {
          ends.set(name, (error) => (error === undefined ? resolve(name) : reject(error)));
        });
      }, signal),
    end: async (name: string, error?: Error) => {
      ends.get(name)?.(error);
      await settle();
    },
  };
}

describe('slots', () => {
  it('let as many works go on as there are slots, and the others in the order of their coming', async () => {
    const { begun, work, end } = start();
    const all = Promise.all(['a', 'b', 'c', 'd'].map((name) => work(name)));
    await settle();
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a');
    await end('c');
    await end('d');
    expect(await all).toEqual(['a', 'b', 'c', 'd']);
    void work('e');
    void work('f');
    void work('g');
    await settle();
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('are free again after a work that failed', async () => {
    const { begun, work, end } = start();
    const failed = expect(work('a')).rejects.toThrow('oops');
    void work('b');
    void work('c');
    await settle();
    await end('a', new Error('oops'));
    await failed;
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('are not waited for beyond the signal, and the next in line takes its turn', async () => {
    const { begun, work, end } = start();
    const impatient = new AbortController();
    void work('a');
    void work('b');
    const given = work('c', impatient.signal);
    void work('d');
    await settle();
    impatient.abort();
    await expect(given).rejects.toThrow('too much is being read at once');
    await end('a');
    expect(begun).toEqual(['a', 'b', 'd']);
  });
});
