import type { Change } from '@targetgate/shared/kube';
import type { Binding, Pod, Service } from '@targetgate/shared/model';
import type { Ledger } from '../ledger/ledger.ts';
import type { BindingView } from './binding-view.ts';
import { createBindingWorker, type BindingWorker } from './binding-worker.ts';
import type { SyncContext } from './context.ts';
import { createOrphanWorker, type OrphanWorker } from './orphan-worker.ts';
import { createRounds } from './rounds.ts';
import {
  bindingsTouchedByBinding,
  bindingsTouchedByPod,
  bindingsTouchedByService,
  type BindingId,
} from './route.ts';

/** Keeps all bindings in step: any change means "look at these bindings again". */
export interface Syncer {
  onPod(change: Change<Pod>): void;
  onService(change: Change<Service>): void;
  onBinding(change: Change<Binding>): void;
  /** Begins to work; until then changes are only remembered. Call it when all caches have synced. */
  start(): void;
  readonly queueDepth: number;
  views(): Iterable<BindingView>;
  stop(): Promise<void>;
}

/** How long a binding rests after a round that failed. */
const failedRoundRestsMs = 30_000;

export function createSyncer(context: SyncContext): Syncer {
  const { snapshot, names, metrics, clock, logger } = context;
  const workers = new Map<string, BindingWorker>();
  const orphans = new Map<string, OrphanWorker>();
  const closing = new Set<Promise<void>>();
  const waiting = new Set<string>();
  let started = false;

  const keyOf = ({ namespace, name }: BindingId): string => `${namespace}/${name}`;
  const rounds = createRounds(round);

  function mark(ids: Iterable<BindingId>): void {
    for (const id of ids) {
      if (started) rounds.mark(keyOf(id));
      else waiting.add(keyOf(id));
    }
  }

  /** A pod that no service selects any more, or whose service is missing, may still have a target. */
  function markWorkersOf({ before, after }: Change<Pod>): void {
    for (const pod of [before, after]) {
      if (pod === undefined) continue;
      for (const [key, worker] of workers) if (worker.concerns(pod.uid)) rounds.mark(key);
    }
  }

  function drop<T extends { close(): Promise<void> }>(from: Map<string, T>, key: string): void {
    const worker = from.get(key);
    if (worker === undefined) return;
    from.delete(key);
    const closed = worker.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }

  function round(key: string): void {
    const [namespace = '', name = ''] = key.split('/');
    const began = performance.now();
    const binding = snapshot.binding(namespace, name);
    try {
      if (binding === undefined) roundWithoutBinding(key, { namespace, name });
      else roundOf(key, binding);
    } catch (err) {
      // A defect that one binding brings to light must not take the others down.
      logger.error({ err, namespace, binding: name }, 'a round failed; it will be tried again');
      metrics.failed('round', err instanceof Error ? err.name : 'Error');
      clock.at(clock.now() + failedRoundRestsMs, () => rounds.mark(key));
    }
    metrics.round((performance.now() - began) / 1000);
  }

  /** The ledgers of the other bindings of a target group that stay. */
  function siblingsOf(key: string, arn: string): Ledger[] {
    return [...workers]
      .filter(([other, { binding }]) => other !== key && binding.deletedAt === undefined)
      .map(([, { holdings }]) => holdings)
      .filter((holdings) => holdings?.arn === arn)
      .map((holdings) => holdings?.ledger)
      .filter((ledger) => ledger !== undefined);
  }

  function roundOf(key: string, binding: Binding): void {
    drop(orphans, key);
    // A binding that was deleted and made anew under its name starts from nothing.
    if (workers.get(key)?.binding.uid !== binding.uid) drop(workers, key);
    let worker = workers.get(key);
    if (worker === undefined) {
      worker = createBindingWorker(binding, context, {
        ask: () => rounds.mark(key),
        siblings: (arn) => siblingsOf(key, arn),
      });
      workers.set(key, worker);
    }
    worker.round(binding);
  }

  function roundWithoutBinding(key: string, id: BindingId): void {
    drop(workers, key);
    if (snapshot.podsGatedBy(id.namespace, names.gate(id.name)).length === 0) {
      drop(orphans, key);
      return;
    }
    let worker = orphans.get(key);
    if (worker === undefined) {
      worker = createOrphanWorker(id, context, () => rounds.mark(key));
      orphans.set(key, worker);
    }
    worker.round();
  }

  return {
    onPod: (change) => {
      mark(bindingsTouchedByPod(change, snapshot, names));
      markWorkersOf(change);
    },
    onService: (change) => mark(bindingsTouchedByService(change, snapshot)),
    onBinding: (change) => mark(bindingsTouchedByBinding(change)),
    start: () => {
      started = true;
      for (const key of waiting) rounds.mark(key);
      waiting.clear();
    },
    get queueDepth() {
      return rounds.depth;
    },
    views: () => [...workers.values()].map((worker) => worker.view()).filter((view) => view !== undefined),
    stop: async () => {
      rounds.stop();
      for (const key of [...workers.keys()]) drop(workers, key);
      for (const key of [...orphans.keys()]) drop(orphans, key);
      await Promise.all(closing);
    },
  };
}
