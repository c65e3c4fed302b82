import { isDeepStrictEqual } from 'node:util';
import type { Change } from '@targetgate/shared/kube';
import type { Binding, EndpointSlice, Namespace, Node, Pod, Service } from '@targetgate/shared/model';
import { createSkew } from '../ends/skew.ts';
import type { LedgerOwner } from '../ledger/ledgers-left.ts';
import type { BindingView } from './binding-view.ts';
import { createBindingWorker, type BindingWorker } from './binding-worker.ts';
import type { SyncContext } from './context.ts';
import { bindingOfLedger, createLostBindings, endOf } from './lost-binding.ts';
import { createOrphanWorker, type OrphanWorker } from './orphan-worker.ts';
import { createQuotaSharers } from './quota-sharers.ts';
import { createRounds } from './rounds.ts';
import {
  bindingsTouchedByBinding,
  bindingsTouchedByEndpointSlice,
  bindingsTouchedByNamespace,
  bindingsTouchedByPod,
  bindingsTouchedByService,
  hasEnded,
  keyOf,
  type BindingId,
} from './route.ts';
import { createSiblings } from './siblings.ts';

/** Keeps all bindings in step: any change means "look at these bindings again". */
export interface Syncer {
  onPod(change: Change<Pod>): void;
  onService(change: Change<Service>): void;
  onBinding(change: Change<Binding>): void;
  onNode(change: Change<Node>): void;
  onNamespace(change: Change<Namespace>): void;
  onEndpointSlice(change: Change<EndpointSlice>): void;
  /** Ends those of these bindings that do not exist: their ledgers are all that is left of them. */
  endLost(owners: readonly LedgerOwner[]): void;
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
  /** Bindings of which only their ledgers are left. */
  const leftBehind = new Map<string, Binding>();
  const skew = createSkew(clock, logger);
  let started = false;

  const sharers = createQuotaSharers();
  const siblings = createSiblings(snapshot, workers);
  const rounds = createRounds(round);
  const lostBindings = createLostBindings(context, (key) => rounds.mark(key));

  function mark(ids: Iterable<BindingId>): void {
    for (const id of ids) {
      if (started) rounds.mark(keyOf(id));
      else waiting.add(keyOf(id));
    }
  }

  /** A pod that no service selects any more, or whose service is missing, may still have a target. */
  function markWorkersOf(change: Change<Pod>): void {
    const { before, after } = change;
    for (const [key, worker] of workers) {
      if (before !== undefined && worker.concerns(before.uid)) {
        if (hasEnded(change)) worker.hasEnded(before.uid);
        rounds.mark(key);
      } else if (after !== undefined && worker.concerns(after.uid)) rounds.mark(key);
    }
  }

  /** A node concerns all bindings whose targets may be nodes, and those with pods on it. Heartbeats concern nobody. */
  function markWorkersOfNode({ before, after, by }: Change<Node>): void {
    if (isDeepStrictEqual(before, after)) return;
    const isGone = after === undefined || (before !== undefined && after.uid !== before.uid);
    for (const [key, worker] of workers) {
      if (isGone && by === 'watch' && before && worker.concerns(before.uid)) worker.hasEnded(before.uid);
      if (worker.binding.targetType !== 'ip' || before === undefined || after === undefined) rounds.mark(key);
    }
  }

  function drop<T extends { close(): Promise<void> }>(from: Map<string, T>, key: string): void {
    const worker = from.get(key);
    if (worker === undefined) return;
    from.delete(key);
    const closed = worker.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }

  function dropWorker(key: string): void {
    sharers.leave(key);
    drop(workers, key);
  }

  function round(key: string): void {
    const [namespace = '', name = ''] = key.split('/');
    const began = performance.now();
    const found = snapshot.binding(namespace, name);
    if (found !== undefined) lostBindings.forget(key);
    const binding = found ?? lostBinding(key);
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

  /**
   * A binding that is gone before its end was over; undefined where nothing of it is left. Until it is known to be gone,
   * it goes on as it was.
   */
  function lostBinding(key: string): Binding | undefined {
    const worker = workers.get(key);
    const lost = worker?.isReleased ? undefined : (worker?.binding ?? leftBehind.get(key));
    if (lost === undefined || context.shadow) {
      leftBehind.delete(key);
      lostBindings.forget(key);
      return undefined;
    }
    return lostBindings.isGone(lost) ? endOf(lost, names.finalizer, clock.now()) : worker?.binding;
  }

  function roundOf(key: string, binding: Binding): void {
    drop(orphans, key);
    // A binding that was deleted and made anew under its name starts from nothing.
    if (workers.get(key)?.binding.uid !== binding.uid) dropWorker(key);
    let worker = workers.get(key);
    if (worker === undefined) {
      worker = createBindingWorker(binding, context, {
        ask: () => rounds.mark(key),
        siblings: (arn) => siblings.of(key, arn),
        sharingQuota: () => sharers.with(key),
        askSiblings: (arn) => mark(siblings.others(key, arn)),
        skewMs: () => skew.ms,
      });
      workers.set(key, worker);
      sharers.join(key, binding);
    }
    worker.round(binding);
  }

  function roundWithoutBinding(key: string, id: BindingId): void {
    dropWorker(key);
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
      skew.see(change);
      mark(bindingsTouchedByPod(change, snapshot, names));
      markWorkersOf(change);
    },
    onService: (change) => mark(bindingsTouchedByService(change, snapshot)),
    onBinding: (change) => mark(bindingsTouchedByBinding(change)),
    onNode: (change) => {
      if (started) markWorkersOfNode(change);
    },
    onNamespace: (change) => {
      const { before, after } = change;
      if (!isDeepStrictEqual(before, after)) mark(bindingsTouchedByNamespace(change, snapshot));
    },
    onEndpointSlice: (change) => mark(bindingsTouchedByEndpointSlice(change, snapshot)),
    endLost: (owners) => {
      const lost = owners.filter(({ namespace, name }) => snapshot.binding(namespace, name) === undefined);
      for (const owner of lost) leftBehind.set(keyOf(owner), bindingOfLedger(owner));
      mark(lost);
    },
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
      for (const key of [...workers.keys()]) dropWorker(key);
      for (const key of [...orphans.keys()]) drop(orphans, key);
      context.turns.close();
      await Promise.all([...closing, lostBindings.close()]);
    },
  };
}
