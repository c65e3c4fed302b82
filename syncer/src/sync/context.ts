import type { KubeClient } from '@targetgate/shared/kube';
import type { Names } from '@targetgate/shared/names';
import type { BindingSettings } from '@targetgate/shared/resolve';
import type { Clock, Logger } from '@targetgate/shared/runtime';
import type { Snapshot } from '@targetgate/shared/snapshot';
import type { EndVerdict } from '../ends/end.ts';
import type { Shard } from '../leadership/shard.ts';
import type { Policy } from '../plan/index.ts';
import type { BindingApi } from './binding-api.ts';
import type { ClusterReads } from './cluster-reads.ts';
import type { Events } from './events.ts';
import type { Slots } from './slots.ts';
import type { TargetGroups } from './target-groups.ts';
import type { Turns } from './turns.ts';

/** What the syncer counts and times; all times in seconds. */
export interface SyncMetrics {
  gateOpened(seconds: number): void;
  registered(seconds: number): void;
  deregistered(seconds: number): void;
  /** The end of a pod behind one binding was judged. */
  terminated(end: { namespace: string; verdict: EndVerdict }): void;
  round(seconds: number): void;
  elbCall(call: { operation: string; result: string; seconds: number }): void;
  failed(work: string, reason: string): void;
  /** In shadow mode: by how much a planned change came before somebody else made it. */
  shadowLead(change: string, seconds: number): void;
}

/** Which target groups the namespaces may bind. */
export interface Tenancy {
  /** Globs on ARNs and names, for namespaces that have no list of their own. */
  readonly allowed: readonly string[];
  /** The tag whose value must be the namespace's name; undefined: no tag is needed. */
  readonly tagKey: string | undefined;
}

/** What the work of every binding has in common. */
export interface SyncContext {
  readonly client: KubeClient;
  readonly names: Names;
  readonly snapshot: Snapshot;
  readonly targetGroups: TargetGroups;
  /** The line in which the calls to ELB of all bindings wait. */
  readonly turns: Turns;
  readonly bindingApi: BindingApi;
  /** The patches of pods of all bindings: as many at once as an API server takes without harm to others. */
  readonly gateSlots: Slots;
  readonly reads: ClusterReads;
  readonly events: Events;
  readonly policy: Policy;
  /** What holds for bindings that do not say otherwise. */
  readonly defaults: BindingSettings;
  readonly tenancy: Tenancy;
  /** The bindings that are this syncer's own. */
  readonly shard: Shard;
  /** Everything is planned and reported, nothing is written. */
  readonly shadow: boolean;
  readonly clock: Clock;
  readonly metrics: SyncMetrics;
  readonly logger: Logger;
}
