import { beforeEach, expect, it } from '@jest/globals';
import { createMetricsRegistry, type Registry } from '@targetgate/shared/runtime';
import type { SyncMetrics } from './sync/context.ts';
import { createTerminationMetrics } from './termination-metrics.ts';

const hour = 3_600_000;
const safe = { outcome: 'safe' } as const;

let registry: Registry;
let terminated: SyncMetrics['terminated'];
let namespaces: Set<string>;
let now: number;

beforeEach(() => {
  registry = createMetricsRegistry();
  namespaces = new Set(['shop']);
  now = 0;
  terminated = createTerminationMetrics(registry, { namespaces: () => namespaces, now: () => now });
});

/** The lines of one metric, without its name's prefix. */
async function lines(name: string): Promise<string[]> {
  const all = (await registry.metrics()).split('\n');
  return all
    .filter((line) => line.startsWith(`targetgate_syncer_${name}`))
    .map((line) => line.slice('targetgate_syncer_'.length));
}

/** The namespaces that have series. */
const counted = async (): Promise<Set<string | undefined>> =>
  new Set((await lines('terminations_total')).map((line) => /namespace="([^"]+)"/.exec(line)?.[1]));

it('ends are counted by outcome and cause, from 0 on where a namespace has a binding', async () => {
  expect(await lines('terminations_total')).toHaveLength(10);
  terminated({ namespace: 'shop', verdict: { ...safe, marginSeconds: 5 } });
  terminated({ namespace: 'shop', verdict: safe });
  terminated({ namespace: 'shop', verdict: { outcome: 'unsafe', cause: 'killed', marginSeconds: -3 } });
  expect((await lines('terminations_total')).filter((line) => !line.endsWith(' 0'))).toEqual([
    'terminations_total{namespace="shop",outcome="safe",cause="none"} 2',
    'terminations_total{namespace="shop",outcome="unsafe",cause="killed"} 1',
  ]);
  const margins = await lines('termination_margin_seconds');
  expect(margins).toContain('termination_margin_seconds_bucket{le="0"} 1');
  expect(margins).toContain('termination_margin_seconds_count 2');
});

it('the series of a namespace outlast its last binding by an hour', async () => {
  await counted();
  namespaces = new Set(['cafe']);
  now = hour;
  expect(await counted()).toEqual(new Set(['shop', 'cafe']));
  now = hour + 1;
  expect(await counted()).toEqual(new Set(['cafe']));
});

it('an end that is judged after its binding has gone is there to be read for an hour, too', async () => {
  namespaces = new Set();
  terminated({ namespace: 'shop', verdict: safe });
  now = hour;
  expect(await counted()).toEqual(new Set(['shop']));
  now = hour + 1;
  expect(await counted()).toEqual(new Set());
});

it('of many namespaces that lose their bindings, the series of the last hundred stay', async () => {
  namespaces = new Set(Array.from({ length: 150 }, (_, n) => `preview-${n}`));
  await counted();
  namespaces = new Set();
  const left = await counted();
  expect(left.size).toBe(100);
  expect(left).toContain('preview-149');
  expect(left).not.toContain('preview-49');
});

it('a namespace that has a binding again counts from 0', async () => {
  terminated({ namespace: 'shop', verdict: safe });
  await counted();
  namespaces = new Set();
  now = hour + 1;
  await counted();
  namespaces = new Set(['shop']);
  const values = (await lines('terminations_total')).map((line) => line.split(' ')[1]);
  expect(values).toEqual(Array<string>(10).fill('0'));
});
