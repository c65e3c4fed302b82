import { describe, expect, it } from '@jest/globals';
import { entry, inputOf, podObject, type World } from './fixtures.ts';
import { planRemovals } from './removals.ts';

function removals(world: World): { now: string[]; held: string[] } {
  const { now, held } = planRemovals(inputOf(world));
  const name = ({ entry, cause }: { entry: { podName: string }; cause: string }): string =>
    `${entry.podName} ${cause}`;
  return { now: now.map(name), held: held.map(name) };
}

const elsewhere = { labels: { app: 'elsewhere' } };

describe('a target is removed at once', () => {
  it.each<[string, World, string]>([
    ['when its pod is gone', { ledger: [entry(1)] }, 'web-1 pod-gone'],
    [
      'when its pod terminates, however healthy',
      { pods: [podObject(1, { terminating: true })], ledger: [entry(1)], health: { 1: 'healthy' } },
      'web-1 pod-terminating',
    ],
    [
      'when its pod has finished',
      { pods: [podObject(1, { finished: true })], ledger: [entry(1)] },
      'web-1 pod-finished',
    ],
    [
      'when its pod terminates while the service is missing',
      { pods: [podObject(1, { terminating: true })], ledger: [entry(1)], service: 'missing' },
      'web-1 pod-terminating',
    ],
    [
      'when its address now belongs to another pod',
      { pods: [podObject(1)], ledger: [entry(1, { podUid: 'earlier' })] },
      'web-1 pod-gone',
    ],
    [
      'when its registration is not known to have succeeded and its pod is gone',
      { ledger: [entry(1, { registeredAt: undefined })] },
      'web-1 pod-gone',
    ],
  ])('%s', (_, world, removal) => {
    expect(removals(world)).toEqual({ now: [removal], held: [] });
  });
});

describe('a target stays', () => {
  it.each<[string, World]>([
    ['while its pod is ready', { pods: [podObject(1)], ledger: [entry(1)] }],
    ['when ELB finds it unhealthy', { pods: [podObject(1)], ledger: [entry(1)], health: { 1: 'unhealthy' } }],
    ['when the service is missing', { pods: [podObject(1)], ledger: [entry(1)], service: 'missing' }],
    [
      'when the service has lost its port',
      { pods: [podObject(1)], ledger: [entry(1)], service: { spec: { ports: [] } } },
    ],
    ['while a call for it is under way', { ledger: [entry(1)], more: { busy: new Set(['10.0.0.1:8080']) } }],
  ])('%s', (_, world) => {
    expect(removals(world)).toEqual({ now: [], held: [] });
  });
});

describe('a pod that is not selected any more', () => {
  const old = podObject(1, elsewhere);

  it('keeps its target while nothing replaces it', () => {
    expect(removals({ pods: [old], ledger: [entry(1)] })).toEqual({ now: [], held: ['web-1 not-selected'] });
  });

  it('keeps its target while a replacement is not healthy', () => {
    const world = { pods: [old, podObject(2), podObject(3)], ledger: [entry(1), entry(2), entry(3)] };
    expect(removals({ ...world, health: { 2: 'healthy', 3: 'initial' } }).held).toEqual([
      'web-1 not-selected',
    ]);
  });

  it('loses its target when all that is wanted instead is healthy', () => {
    const world = {
      pods: [old, podObject(2)],
      ledger: [entry(1), entry(2)],
      health: { 2: 'healthy' },
    } as const;
    expect(removals(world)).toEqual({ now: ['web-1 not-selected'], held: [] });
  });
});

describe('replacements', () => {
  const many = Array.from({ length: 100 }, (_, n) => n + 1);

  it('that still start keep the old targets', () => {
    const old = [1, 2, 3, 4].map((n) => podObject(n, elsewhere));
    const starting = [6, 7, 8].map((n) => podObject(n, { containersReady: false }));
    const ledger = [1, 2, 3, 4, 5].map((n) => entry(n));
    const world = { pods: [...old, podObject(5), ...starting], ledger, health: { 5: 'healthy' } } as const;
    expect(removals(world).now).toEqual([]);
  });

  it('that are far fewer than the old pods keep their targets too: a selector may be mistaken', () => {
    const pods = [...many.map((n) => podObject(n, elsewhere)), podObject(200)];
    const world = { pods, ledger: [...many, 200].map((n) => entry(n)), health: { 200: 'healthy' } } as const;
    expect(removals(world).now).toEqual([]);
    expect(removals(world).held).toHaveLength(100);
  });
});

it('an address that its pod has lost is given free at once', () => {
  const world = {
    pods: [podObject(1, { ip: '10.0.0.9' }), podObject(2, { ip: '10.0.0.1' })],
    ledger: [entry(1), entry(1, { target: { ip: '10.0.0.9', port: 8080 } })],
    health: { 1: 'healthy', 9: 'healthy' },
  } as const;
  expect(removals(world).now).toEqual(['web-1 target-changed']);
});

it('a pod whose port changed keeps its old target until the new one is healthy', () => {
  const old = entry(1, { target: { ip: '10.0.0.1', port: 9090 } });
  const world = { pods: [podObject(1)], ledger: [old, entry(1)] };
  expect(removals({ ...world, health: { 1: 'initial' } }).held).toEqual(['web-1 target-changed']);
  expect(removals({ ...world, health: { 1: 'healthy' } }).now).toEqual(['web-1 target-changed']);
});

describe('pods whose containers stop being ready', () => {
  const failing = (n: number): ReturnType<typeof podObject> => podObject(n, { containersReady: false });
  const ledger = [1, 2, 3, 4].map((n) => entry(n));
  const health = { 1: 'healthy', 2: 'healthy', 3: 'healthy', 4: 'initial' } as const;

  it('lose their targets while the others are half of the binding or more', () => {
    const pods = [failing(1), failing(2), podObject(3), podObject(4)];
    expect(removals({ pods, ledger, health })).toEqual({
      now: ['web-1 not-ready', 'web-2 not-ready'],
      held: [],
    });
  });

  it('keep their targets below the floor', () => {
    const pods = [failing(1), failing(2), failing(3), podObject(4)];
    expect(removals({ pods, ledger, health }).now).toHaveLength(2);
    expect(removals({ pods, ledger, health }).held).toEqual(['web-3 not-ready']);
  });

  it('keep their targets while it is not known that ELB has enough others', () => {
    const pods = [failing(1), podObject(2), podObject(3), podObject(4)];
    const unseen = [entry(1), entry(2), entry(3, { registeredAt: undefined }), entry(4)];
    const draining = { 1: 'healthy', 2: 'healthy', 3: 'healthy', 4: 'draining' } as const;
    expect(removals({ pods, ledger: unseen, health: draining }).held).toEqual(['web-1 not-ready']);
    expect(removals({ pods, ledger }).held).toEqual(['web-1 not-ready']);
  });

  it('do not slide below the floor round by round', () => {
    const pods = [failing(1), failing(2), failing(3), failing(4)];
    expect(removals({ pods, ledger: [entry(3), entry(4)], health })).toEqual({
      now: [],
      held: ['web-3 not-ready', 'web-4 not-ready'],
    });
  });

  it('keep the only target', () => {
    expect(removals({ pods: [failing(1)], ledger: [entry(1)], health }).held).toEqual(['web-1 not-ready']);
  });
});
