import { expect, it } from '@jest/globals';
import type { PreStop } from '../model/index.ts';
import { shortcomingsOf } from './shortcomings.ts';

const none: PreStop = { kind: 'none' };
const other: PreStop = { kind: 'other' };
const sleep = (seconds: number): PreStop => ({ kind: 'sleep', seconds });

it.each<[string, { hooks: PreStop[]; grace: number }, [string, string, boolean]]>([
  [
    'a pod whose sleep and grace are long enough falls short of nothing',
    { hooks: [sleep(25)], grace: 30 },
    ['', '', false],
  ],
  ['a container without a hook gets SIGTERM too early', { hooks: [none], grace: 30 }, ['a', '', false]],
  ['a container that sleeps too short does, too', { hooks: [sleep(5)], grace: 30 }, ['a', '', false]],
  ['one of several does', { hooks: [sleep(25), none], grace: 30 }, ['b', '', false]],
  ['nobody knows how long another hook takes', { hooks: [other], grace: 30 }, ['', 'a', false]],
  ['the grace must be longer than the sleep', { hooks: [sleep(25)], grace: 25 }, ['', '', true]],
  ['the grace must be longer than every sleep', { hooks: [sleep(40)], grace: 40 }, ['', '', true]],
  [
    'a pod without a hook has grace too short for the hook that it needs',
    { hooks: [none], grace: 25 },
    ['a', '', true],
  ],
])('%s', (_, { hooks, grace }, [tooShort, unknown, graceTooShort]) => {
  const containers = hooks.map((preStop, index) => ({ name: 'abc'.charAt(index), preStop }));
  const found = shortcomingsOf({ graceSeconds: grace, containers, sidecars: [] }, 25);
  expect([
    found.tooShort.map(({ name }) => name).join(),
    found.unknown.map(({ name }) => name).join(),
    found.graceTooShort,
  ]).toEqual([tooShort, unknown, graceTooShort]);
});

it('of sidecars only hooks of unknown length are of interest: the kubelet stops them last', () => {
  const end = {
    graceSeconds: 40,
    containers: [{ name: 'app', preStop: sleep(25) }],
    sidecars: [
      { name: 'logs', preStop: none },
      { name: 'proxy', preStop: other },
    ],
  };
  const { tooShort, unknown } = shortcomingsOf(end, 25);
  expect([tooShort, unknown.map(({ name }) => name)]).toEqual([[], ['proxy']]);
});
