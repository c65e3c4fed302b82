import { KubeError } from '@targetgate/shared/kube';
import { listLedgerOwners, type LedgerOwner } from '../ledger/ledgers-left.ts';
import type { SyncContext } from './context.ts';
import { createLane } from './lane.ts';

/**
 * Asks once whose ledgers there are, in the cluster or in one namespace of it; what fails is asked again. Who may not
 * list them everywhere, as its Roles are of some namespaces only, does not find out.
 */
export function findLost(
  context: Pick<SyncContext, 'client' | 'names' | 'clock' | 'logger'>,
  namespace: string | undefined,
  onFound: (owners: readonly LedgerOwner[]) => void,
): { close(): Promise<void> } {
  const { client, names, clock, logger } = context;
  let isDone = false;

  const lane = createLane({
    clock,
    onFree: look,
    onTrouble: (trouble) => logger.warn(trouble, 'ledgers of bindings that are gone: looked for again soon'),
  });

  function look(): void {
    if (isDone) return;
    lane.offer(async () => {
      try {
        onFound(await listLedgerOwners(client, names, namespace));
      } catch (err) {
        if (!(err instanceof KubeError && err.status === 403)) throw err;
        logger.warn({ err }, 'ledgers of bindings that are gone are not looked for');
      }
      isDone = true;
      return undefined;
    });
  }

  look();
  return {
    close: async () => {
      lane.close();
      await lane.idle();
    },
  };
}
