import { defaultBindingSettings } from '@targetgate/shared/resolve';
import { createLogger, type Clock } from '@targetgate/shared/runtime';
import { createBudget } from '../../aws/budget/index.ts';
import { listLedgerOwners } from '../../ledger/ledgers-left.ts';
import { shardOf } from '../../leadership/shard.ts';
import { defaultPolicy } from '../../plan/index.ts';
import { createBindingApi } from '../binding-api.ts';
import { createClusterReads } from '../cluster-reads.ts';
import type { SyncMetrics } from '../context.ts';
import { createEvents } from '../events.ts';
import { createSlots, gatesAtOnce } from '../slots.ts';
import { createSyncer, type Syncer } from '../syncer.ts';
import { names } from './api-objects.ts';
import type { ApiServer } from './api-server.ts';
import { createCaches } from './caches.ts';
import { createModelCluster, type ModelCluster } from './cluster.ts';
import type { Operation, Weather } from './line.ts';
import type { Kind } from './objects.ts';
import type { Rules } from './rules.ts';
import { failOpenAfterMs, replaceWithinMs } from './setting.ts';
import type { ModelGroup } from './target-group.ts';
import { createWire } from './wire.ts';

/** Where a syncer lives. */
export interface Surroundings {
  readonly api: ApiServer;
  readonly cluster: ModelCluster;
  readonly group: ModelGroup;
  readonly rules: Rules;
  readonly clock: Clock;
  readonly weather: ReadonlyMap<Operation, Weather>;
  readonly lag: ReadonlyMap<Kind, number>;
}

/** The life of one syncer, from its first lists to its death or its end. */
export function startLife({ api, cluster, group, rules, clock, weather, lag }: Surroundings) {
  const wire = createWire({ client: api.client, calls: group.calls, clock, weather }, rules);
  const told = createModelCluster(group.type);
  const caches = createCaches({ api, cluster, told, clock, lag, tell: () => syncer });
  const { client, targetGroups } = wire;
  const logger = createLogger('syncer', 'silent');
  const syncer: Syncer = createSyncer({
    client,
    names,
    snapshot: caches.snapshot,
    targetGroups,
    turns: createBudget({ clock, onWaited: nothing }),
    bindingApi: createBindingApi(client, names),
    gateSlots: createSlots(gatesAtOnce),
    reads: createClusterReads(client, names),
    events: createEvents(client, clock, logger),
    policy: { ...defaultPolicy, failOpenAfterMs, replaceWithinMs },
    defaults: defaultBindingSettings,
    tenancy: { allowed: ['*'], tagKey: undefined },
    shadow: false,
    shard: shardOf(0, 1),
    clock,
    metrics: noMetrics,
    logger,
  });

  caches.listAll();
  const started = listLedgerOwners(api.client, names, undefined).then((owners) => {
    syncer.endLost(owners);
    syncer.start();
  });

  return {
    told,
    started,
    list: caches.list,
    listAll: caches.listAll,
    /** Dies: its calls under way land so much later (ms), or never. */
    die: (landsAfterMs: number | undefined): void => {
      caches.stop();
      wire.cut(landsAfterMs);
      void syncer.stop();
    },
    /** Finishes what is under way; it may take its time. */
    end: async (): Promise<void> => {
      await syncer.stop();
      caches.stop();
    },
  };
}

export type Life = ReturnType<typeof startLife>;

const nothing = (): void => undefined;

const noMetrics: SyncMetrics = {
  gateOpened: nothing,
  registered: nothing,
  deregistered: nothing,
  terminated: nothing,
  round: nothing,
  elbCall: nothing,
  failed: nothing,
  shadowLead: nothing,
};
