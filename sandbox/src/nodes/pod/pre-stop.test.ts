import { describe, expect, it } from '@jest/globals';
import { preStopMs, type RawHook } from './pre-stop.ts';

describe('a preStop hook takes', () => {
  it.each<[string, RawHook | undefined, number]>([
    ['no time where there is none', undefined, 0],
    ['the seconds of a sleep', { sleep: { seconds: 15 } }, 15_000],
    ['the seconds of an exec of sleep', { exec: { command: ['/bin/sleep', '3'] } }, 3000],
    ['the seconds of a shell script that sleeps', { exec: { command: ['sh', '-c', 'sleep 2.5'] } }, 2500],
    [
      'the sleep that a script begins with',
      { exec: { command: ['/bin/sh', '-c', 'sleep 5s && nginx -s quit'] } },
      5000,
    ],
    ['no time for a command that cannot be run here', { exec: { command: ['nginx', '-s', 'quit'] } }, 0],
    ['no time for a command that only sounds alike', { exec: { command: ['sleepless', '5'] } }, 0],
  ])('%s', (_, hook, ms) => {
    expect(preStopMs(hook)).toBe(ms);
  });
});
