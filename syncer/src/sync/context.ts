import type { KubeClient } from '@targetgate/shared/kube';
import type { Names } from '@targetgate/shared/names';
import type { Clock, Logger } from '@targetgate/shared/runtime';
import type { Snapshot } from '@targetgate/shared/snapshot';
import type { Policy } from '../plan/index.ts';
import type { BindingApi } from './binding-api.ts';
import type { TargetGroups } from './target-groups.ts';

/** What the syncer counts and times; all times in seconds. */
export interface SyncMetrics {
  gateOpened(seconds: number): void;
  registered(seconds: number): void;
  deregistered(seconds: number): void;
  round(seconds: number): void;
  elbCall(call: { operation: string; result: string; seconds: number }): void;
  failed(work: string, reason: string): void;
}

/** What the work of every binding has in common. */
export interface SyncContext {
  readonly client: KubeClient;
  readonly names: Names;
  readonly snapshot: Snapshot;
  readonly targetGroups: TargetGroups;
  readonly bindingApi: BindingApi;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly metrics: SyncMetrics;
  readonly logger: Logger;
}
