import { isTrue, stays } from '@targetgate/shared/model';
import { openOrphans } from './apply/open-orphans.ts';
import type { Trouble } from '../plan/index.ts';
import { createConditionWriter } from './conditions.ts';
import type { SyncContext } from './context.ts';
import { createLane } from './lane.ts';
import { createMilestones } from './milestones.ts';
import type { BindingId } from './route.ts';

/** Opens the gates that name a binding which does not exist. */
export interface OrphanWorker {
  round(): void;
  close(): Promise<void>;
}

export function createOrphanWorker(id: BindingId, context: SyncContext, ask: () => void): OrphanWorker {
  const { client, names, clock, metrics, snapshot } = context;
  const gate = names.gate(id.name);
  const logger = context.logger.child({ namespace: id.namespace, binding: id.name });
  const onTrouble = (trouble: Trouble): void => {
    metrics.failed('orphans', trouble.reason);
    logger.warn(trouble, 'orphaned gates will be tried again');
  };
  const conditions = createConditionWriter({ client, gate, clock, onRested: ask, onTrouble });
  const state = { conditions, milestones: createMilestones(metrics, clock), logger };
  const lane = createLane({ clock, onFree: ask, onTrouble });

  return {
    round: () => {
      const gated = snapshot.podsGatedBy(id.namespace, gate).map((pod) => conditions.current(pod));
      conditions.keep(new Map(gated.map((pod) => [pod.uid, pod])));
      const blocked = gated
        .filter((pod) => !isTrue(pod, gate) && stays(pod))
        .filter((pod) => conditions.mayWrite(pod));
      if (blocked.length > 0 && !context.shadow) lane.offer(() => openOrphans(blocked, id, state, context));
    },
    close: async () => {
      lane.close();
      await lane.idle();
    },
  };
}
