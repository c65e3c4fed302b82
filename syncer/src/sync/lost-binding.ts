import { projectBinding, type Binding } from '@targetgate/shared/model';
import type { LedgerOwner } from '../ledger/ledgers-left.ts';
import type { SyncContext } from './context.ts';
import { createLane, type Lane } from './lane.ts';
import { keyOf } from './route.ts';

/**
 * A binding that is gone although it may have targets: somebody took its finalizer off, or its namespace went while the
 * syncer was down. It is ended like one that is being deleted; its ledger says of which group.
 */
export const endOf = (lost: Binding, finalizer: string, now: number): Binding => ({
  ...lost,
  finalizers: [finalizer],
  deletedAt: lost.deletedAt ?? now,
});

/** Such a binding of which only the ledger is left. */
export const bindingOfLedger = ({ namespace, name, uid, targetGroupArn }: LedgerOwner): Binding =>
  projectBinding({
    metadata: { namespace, name, uid, resourceVersion: '' },
    spec: { targetGroupARN: targetGroupArn },
  });

/** Finds out whether bindings that the cache lacks are gone: a list that comes back short must not end them. */
export interface LostBindings {
  /** False until the API server has said so; then there is another round. */
  isGone(lost: Binding): boolean;
  /** It is back, or its end is over. */
  forget(key: string): void;
  close(): Promise<void>;
}

export function createLostBindings(
  { reads, clock, metrics, logger }: SyncContext,
  ask: (key: string) => void,
): LostBindings {
  const asking = new Map<string, Lane>();
  /** The uids of those that are gone, by key. */
  const gone = new Map<string, string>();

  function laneFor({ namespace, name }: Binding, key: string): Lane {
    const lane = createLane({
      clock,
      onFree: () => ask(key),
      onTrouble: (trouble) => {
        metrics.failed('lost bindings', trouble.reason);
        logger.warn({ namespace, binding: name, ...trouble }, 'will be asked for again');
      },
    });
    asking.set(key, lane);
    return lane;
  }

  return {
    isGone: (lost) => {
      const key = keyOf(lost);
      // One that was being deleted has been seen to end.
      if (lost.deletedAt !== undefined || gone.get(key) === lost.uid) return true;
      (asking.get(key) ?? laneFor(lost, key)).offer(async () => {
        if (await reads.bindingExists(lost)) {
          return { reason: 'CacheBehind', message: 'the API server has a binding that the cache lacks' };
        }
        gone.set(key, lost.uid);
        return undefined;
      });
      return false;
    },
    forget: (key) => {
      gone.delete(key);
      asking.get(key)?.close();
      asking.delete(key);
    },
    close: async () => {
      const lanes = [...asking.values()];
      for (const lane of lanes) lane.close();
      await Promise.all(lanes.map((lane) => lane.idle()));
    },
  };
}
