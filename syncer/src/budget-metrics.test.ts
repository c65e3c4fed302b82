import { expect, it } from '@jest/globals';
import { createMetricsRegistry } from '@targetgate/shared/runtime';
import { createBudgetMetrics } from './budget-metrics.ts';

it('the pace, the line and the waits of the budget are shown by account and region, and by urgency', async () => {
  const registry = createMetricsRegistry();
  const onWaited = createBudgetMetrics(registry, () => [
    { scope: '111111111111/eu-west-1', kind: 'mutating', perSecond: 2.5, waiting: 7 },
  ]);
  onWaited('deregister', 0.2);
  const lines = (await registry.metrics()).split('\n');
  const labels = '{scope="111111111111/eu-west-1",kind="mutating"}';
  expect(lines).toEqual(
    expect.arrayContaining([
      `targetgate_syncer_aws_budget_calls_per_second${labels} 2.5`,
      `targetgate_syncer_aws_budget_waiting_calls${labels} 7`,
      'targetgate_syncer_aws_budget_wait_seconds_sum{urgency="deregister"} 0.2',
    ]),
  );
});

it('a scope that is gone is not shown any more', async () => {
  const registry = createMetricsRegistry();
  let scopes = ['own/eu-west-1', 'own/us-east-2'];
  createBudgetMetrics(registry, () =>
    scopes.map((scope) => ({ scope, kind: 'mutating', perSecond: 4, waiting: 0 })),
  );
  expect(await registry.metrics()).toContain('us-east-2');
  scopes = ['own/eu-west-1'];
  expect(await registry.metrics()).not.toContain('us-east-2');
});
