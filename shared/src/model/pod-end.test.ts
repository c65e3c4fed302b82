import { describe, expect, it } from '@jest/globals';
import { projectPodEnd, type PreStop } from './pod-end.ts';

describe('what a container does before its SIGTERM', () => {
  const sleeps = (seconds: number): PreStop => ({ kind: 'sleep', seconds });
  const exec = (...command: string[]) => ({ exec: { command } });

  it.each<[string, object | undefined, PreStop]>([
    ['no hook', undefined, { kind: 'none' }],
    ['a native sleep', { sleep: { seconds: 20 } }, sleeps(20)],
    ['a sleep as its command', exec('sleep', '20'), sleeps(20)],
    ['a sleep by its path', exec('/bin/sleep', '20'), sleeps(20)],
    ['a script of one sleep', exec('/bin/sh', '-c', 'sleep 20'), sleeps(20)],
    ['a script that sleeps first', exec('sh', '-c', 'sleep 20; nginx -s quit'), sleeps(20)],
    [
      'a script that sleeps first, and goes on if that went well',
      exec('sh', '-c', 'sleep 20 && quit'),
      sleeps(20),
    ],
    ['a script that sleeps beside something', exec('sh', '-c', 'quit; sleep 20'), { kind: 'other' }],
    ['a script that does not wait for its sleep', exec('sh', '-c', 'sleep 20 & quit'), { kind: 'other' }],
    ['words that only a shell would understand', exec('sleep', '20', '&&', 'quit'), { kind: 'other' }],
    ['a sleep of minutes', exec('sleep', '5m'), { kind: 'other' }],
    ['a sleep of a length that the shell knows', exec('sh', '-c', 'sleep $DRAIN'), { kind: 'other' }],
    ['a request', { httpGet: { path: '/quit' } }, { kind: 'other' }],
    ['a command that is empty', { exec: {} }, { kind: 'other' }],
  ])('%s', (_, preStop, expected) => {
    const { containers } = projectPodEnd({
      containers: [{ name: 'app', lifecycle: { preStop: preStop ?? null } }],
    });
    expect(containers).toEqual([{ name: 'app', preStop: expected }]);
  });
});

it("a pod's grace is what it says, or what the API server gives it", () => {
  expect(projectPodEnd({ terminationGracePeriodSeconds: 0 }).graceSeconds).toBe(0);
  expect(projectPodEnd({}).graceSeconds).toBe(30);
});

it('sidecars are init containers that restart always', () => {
  const lifecycle = { preStop: { exec: { command: ['drain'] } } };
  const { sidecars } = projectPodEnd({
    initContainers: [
      { name: 'setup', lifecycle },
      { name: 'proxy', restartPolicy: 'Always', lifecycle },
    ],
  });
  expect(sidecars).toEqual([{ name: 'proxy', preStop: { kind: 'other' } }]);
});
