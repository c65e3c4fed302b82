import type { KubeClient } from '@targetgate/shared/kube';
import type { Clock } from '@targetgate/shared/runtime';
import { createBudget, type OnWaited, type PurseView } from './aws/budget/index.ts';
import { createTargetGroups } from './aws/target-groups.ts';
import type { Fence } from './leadership/fence.ts';
import { behindFence } from './leadership/fenced-client.ts';
import type { Shard } from './leadership/shard.ts';
import { createBindingApi } from './sync/binding-api.ts';
import { createClusterReads } from './sync/cluster-reads.ts';
import type { SyncContext } from './sync/context.ts';
import { createEvents } from './sync/events.ts';
import { findLost } from './sync/find-lost.ts';
import { callsAtOnce, createSlots, gatesAtOnce, inSlots } from './sync/slots.ts';
import { createSyncer, type Syncer } from './sync/syncer.ts';

/** What all terms have in common. */
export interface TermSurroundings extends Pick<
  SyncContext,
  'names' | 'snapshot' | 'policy' | 'defaults' | 'tenancy' | 'shadow' | 'metrics' | 'logger'
> {
  readonly client: KubeClient;
  readonly clock: Clock;
  /** The one namespace to work in; undefined: all of them. */
  readonly namespace: string | undefined;
  /** The region of target groups that are known by their name only. */
  readonly region: string | undefined;
  readonly onWaited: OnWaited;
}

/** The time in which this replica leads a shard: its syncer, and what that one reaches the world by. */
export interface Term {
  readonly syncer: Syncer;
  purses(): Iterable<PurseView>;
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** Begins a term: everything of the shard gets a round at once. Nothing is sent while the fence is closed. */
export function beginTerm(
  { shard, fence }: { readonly shard: Shard; readonly fence: Fence },
  surroundings: TermSurroundings,
): Term {
  const { names, clock, metrics, logger, tenancy, namespace, region, onWaited } = surroundings;
  const client = inSlots(behindFence(surroundings.client, fence), createSlots(callsAtOnce));
  const budget = createBudget({ clock, region, onWaited, share: 1 / shard.of });
  const targetGroups = createTargetGroups({
    onCall: (call) => metrics.elbCall(call),
    turns: budget,
    withTags: tenancy.tagKey !== undefined,
    fence,
  });
  const events = createEvents(client, clock, logger);
  const syncer = createSyncer({
    ...surroundings,
    client,
    shard,
    targetGroups,
    turns: budget,
    bindingApi: createBindingApi(client, names),
    gateSlots: createSlots(gatesAtOnce),
    reads: createClusterReads(client, names),
    events,
  });
  syncer.start();
  const lost = findLost({ client, names, clock, logger }, namespace, (owners) => syncer.endLost(owners));

  return {
    syncer,
    purses: () => budget.purses(),
    pause: () => syncer.pause(),
    resume: () => syncer.resume(),
    stop: async () => {
      await Promise.all([syncer.stop(), lost.close()]);
      await events.idle();
      targetGroups.close();
    },
  };
}
