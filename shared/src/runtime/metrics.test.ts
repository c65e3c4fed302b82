import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { createMetricsRegistry } from './metrics.ts';

it('each scrape tells how long the event loop stood still since the last one', async () => {
  const registry = createMetricsRegistry();
  const longest = async (): Promise<number> => {
    const text = await registry.metrics();
    return Number(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(text)?.[1]);
  };
  await sleep(50);
  const until = performance.now() + 1_500;
  while (performance.now() < until);
  await sleep(50);
  expect(await longest()).toBeGreaterThan(1.4);
  await sleep(50);
  expect(await longest()).toBeLessThan(1.4);
});
