import { Counter, Gauge, type Registry } from '@targetgate/shared/runtime';
import type { Standing } from './leadership/hold.ts';

const prefix = 'targetgate_syncer_leader';

/** The metrics of leadership; gives what is to be told of each change of a shard's standing. */
export function createLeaderMetrics(
  registry: Registry,
  standings: () => readonly Standing[],
): (shard: number, standing: Standing) => void {
  const registers = [registry];
  new Gauge({
    name: prefix,
    help: '1 where this replica leads the shard, else 0.',
    labelNames: ['shard'],
    registers,
    collect() {
      this.reset();
      for (const [shard, standing] of standings().entries())
        this.set({ shard }, standing === 'leading' ? 1 : 0);
    },
  });
  const transitions = new Counter({
    name: `${prefix}_transitions_total`,
    help: 'Changes of where this replica stands: leading, paused (its Lease was not renewed in time) or standby.',
    labelNames: ['shard', 'to'],
    registers,
  });
  return (shard, to) => transitions.inc({ shard, to });
}
