import { Gauge, Histogram, latencyBuckets, type Registry } from '@targetgate/shared/runtime';
import type { OnWaited, PurseView } from './aws/budget/index.ts';

const prefix = 'targetgate_syncer_aws_budget_';

/** The metrics of the AWS budget; gives what is to be told of each call's wait. */
export function createBudgetMetrics(registry: Registry, purses: () => Iterable<PurseView>): OnWaited {
  const registers = [registry];

  function gauge(name: string, help: string, valueOf: (purse: PurseView) => number): void {
    new Gauge({
      name: prefix + name,
      help,
      labelNames: ['scope', 'kind'],
      registers,
      collect() {
        this.reset();
        // Each shard has a budget of its own: what the replica may do is all of them.
        for (const purse of purses()) this.inc({ scope: purse.scope, kind: purse.kind }, valueOf(purse));
      },
    });
  }

  gauge(
    'calls_per_second',
    'Calls to ELB that the budget allows, by account and region.',
    ({ perSecond }) => perSecond,
  );
  gauge('waiting_calls', 'Calls to ELB that wait for their turn.', ({ waiting }) => waiting);
  const waits = new Histogram({
    name: `${prefix}wait_seconds`,
    help: 'From a call to ELB being due to its turn, by urgency.',
    labelNames: ['urgency'],
    buckets: latencyBuckets,
    registers,
  });
  return (urgency, seconds) => waits.observe({ urgency }, seconds);
}
