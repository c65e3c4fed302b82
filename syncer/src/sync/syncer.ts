import { isDeepStrictEqual } from 'node:util';
import type { Change } from '@targetgate/shared/kube';
import type { Binding, EndpointSlice, Namespace, Node, Pod, Service } from '@targetgate/shared/model';
import { createSkew } from '../ends/skew.ts';
import type { LedgerOwner } from '../ledger/ledgers-left.ts';
import type { QuotaShare } from '../plan/index.ts';
import type { BindingView } from './binding-view.ts';
import { createBindingWorker, type BindingWorker } from './binding-worker.ts';
import type { SyncContext } from './context.ts';
import { createHolders } from './holders.ts';
import { bindingOfLedger, createLostBindings, endOf } from './lost-binding.ts';
import { createOrphanWorker, type OrphanWorker } from './orphan-worker.ts';
import { createQuotaSharers } from './quota-sharers.ts';
import { createRounds } from './rounds.ts';
import {
  bindingsOfGates,
  bindingsTouchedByBinding,
  bindingsTouchedByEndpointSlice,
  bindingsTouchedByNamespace,
  bindingsTouchedByPod,
  bindingsTouchedByService,
  hasBegunToEnd,
  hasEnded,
  keyOf,
  uidsOf,
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
  /** Begins to work, with a round of everything. Call it when all caches have synced. */
  start(): void;
  /** Nothing begins until it is resumed; what happens meanwhile is remembered. */
  pause(): void;
  resume(): void;
  readonly queueDepth: number;
  views(): Iterable<BindingView>;
  stop(): Promise<void>;
}

/** How long a binding rests after a round that failed. */
const failedRoundRestsMs = 30_000;

export function createSyncer(context: SyncContext): Syncer {
  const { snapshot, names, metrics, clock, logger, shard } = context;
  const workers = new Map<string, BindingWorker>();
  const orphans = new Map<string, OrphanWorker>();
  const closing = new Set<Promise<void>>();
  /** Bindings of which only their ledgers are left. */
  const leftBehind = new Map<string, Binding>();
  const skew = createSkew(clock, logger);

  const sharers = createQuotaSharers();
  const holders = createHolders<{ readonly key: string }>();
  /** Of those that work, the bindings that the cache lacks. */
  const missing = new Set<string>();
  const siblings = createSiblings(snapshot, { workers, missing });
  const rounds = createRounds(round, clock);
  const lostBindings = createLostBindings(context, (key) => rounds.mark(key));

  function mark(ids: Iterable<BindingId>, ask = rounds.mark): void {
    for (const id of ids) ask(keyOf(id));
  }

  /** The bindings that there are, and those that gates name, which may be gone. */
  function markAll(): void {
    mark(snapshot.bindings());
    for (const pod of snapshot.pods()) mark(bindingsOfGates(pod, names));
  }

  /** A pod that no service selects any more, or whose service is missing, may still have a target. */
  function markWorkersOf(change: Change<Pod>, ask: (key: string) => void): void {
    const { before } = change;
    for (const uid of uidsOf(change)) {
      for (const { key } of holders.of(uid)) {
        if (uid === before?.uid && hasEnded(change)) workers.get(key)?.hasEnded(uid);
        ask(key);
      }
    }
  }

  /** A node concerns all bindings whose targets may be nodes, and those with pods on it. Heartbeats concern nobody. */
  function markWorkersOfNode(change: Change<Node>): void {
    const { before, after, by } = change;
    if (isDeepStrictEqual(before, after)) return;
    const isGone = after === undefined || (before !== undefined && after.uid !== before.uid);
    if (isGone && by === 'watch' && before) {
      for (const { key } of holders.of(before.uid)) workers.get(key)?.hasEnded(before.uid);
    }
    for (const [key, worker] of workers) {
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

  /** The other shards have about as many bindings as this one. */
  function quotaShare(key: string): QuotaShare {
    const share = sharers.with(key);
    return { ...share, bindings: share.bindings * shard.of, busy: share.busy * shard.of };
  }

  function noteMissing(key: string, { namespace, name }: BindingId): void {
    if (workers.has(key) && snapshot.binding(namespace, name) === undefined) missing.add(key);
    else missing.delete(key);
  }

  function dropWorker(key: string): void {
    sharers.leave(key);
    missing.delete(key);
    drop(workers, key);
  }

  /** What is another shard's now: its target group is another one. */
  function leave(key: string): void {
    dropWorker(key);
    drop(orphans, key);
  }

  function round(key: string): void {
    const [namespace = '', name = ''] = key.split('/');
    const began = performance.now();
    const found = snapshot.binding(namespace, name);
    if (found !== undefined) lostBindings.forget(key);
    const binding = found ?? lostBinding(key);
    try {
      if (!shard.owns(binding ?? { namespace, name })) leave(key);
      else if (binding === undefined) roundWithoutBinding(key, { namespace, name });
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
        holding: holders.toldBy({ key }),
        siblings: (arn) => siblings.of(key, arn),
        sharingQuota: () => quotaShare(key),
        setBusy: (isBusy) => sharers.setBusy(key, isBusy),
        askSiblings: (arn) => mark(siblings.others(key, arn)),
        skewMs: () => skew.ms,
      });
      workers.set(key, worker);
      noteMissing(key, binding);
    }
    sharers.join(key, binding, worker.holdings?.arn);
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
      const ask = hasBegunToEnd(change) ? rounds.markAtOnce : rounds.mark;
      mark(bindingsTouchedByPod(change, snapshot, names), ask);
      markWorkersOf(change, ask);
    },
    onService: (change) => mark(bindingsTouchedByService(change, snapshot)),
    onBinding: (change) => {
      const touched = bindingsTouchedByBinding(change);
      for (const binding of touched) noteMissing(keyOf(binding), binding);
      mark(touched);
    },
    onNode: markWorkersOfNode,
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
      markAll();
      rounds.resume();
    },
    pause: () => rounds.pause(),
    resume: () => rounds.resume(),
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
