import { expect, it } from '@jest/globals';
import { createMetricsRegistry } from '@targetgate/shared/runtime';
import { createLeaderMetrics } from './leader-metrics.ts';

it('where the replica stands is shown for each shard, and how often that changed', async () => {
  const registry = createMetricsRegistry();
  const changed = createLeaderMetrics(registry, () => ['leading', 'paused', 'standby']);
  changed(1, 'leading');
  changed(1, 'paused');
  const lines = (await registry.metrics()).split('\n').filter((line) => line.startsWith('targetgate_'));
  expect(lines).toEqual([
    'targetgate_syncer_leader{shard="0"} 1',
    'targetgate_syncer_leader{shard="1"} 0',
    'targetgate_syncer_leader{shard="2"} 0',
    'targetgate_syncer_leader_transitions_total{shard="1",to="leading"} 1',
    'targetgate_syncer_leader_transitions_total{shard="1",to="paused"} 1',
  ]);
});
