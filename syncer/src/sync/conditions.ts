import { isConflict, isNotFound, type KubeClient } from '@targetgate/shared/kube';
import { conditionOf, type Pod } from '@targetgate/shared/model';
import type { Clock } from '@targetgate/shared/runtime';
import { differs } from '../plan/gates.ts';
import type { GateCondition } from '../plan/index.ts';

/** Writes one gate of pods, and remembers what it wrote until the watch has brought it back. */
export interface ConditionWriter {
  /**
   * Patches a pod's condition; true where it was written. The uid in the patch makes the API server refuse it for
   * another pod of the same name, so a pod that is gone is false, not an error.
   */
  write(pod: Pod, condition: GateCondition): Promise<boolean>;
  /** The pod as it will be when the watch has caught up with what was written. */
  current(pod: Pod): Pod;
  /** The API server has said that the pod is gone; the watch may not show it yet. */
  isGone(pod: Pod): boolean;
  /** Forgets all pods but these. */
  keep(uids: ReadonlyMap<string, unknown>): void;
}

/** What was written and does not show after this long was overwritten by somebody else. */
const showsWithinMs = 5_000;

export function createConditionWriter(client: KubeClient, gate: string, clock: Clock): ConditionWriter {
  const written = new Map<string, { readonly condition: GateCondition; readonly at: number }>();
  const gone = new Set<string>();

  return {
    write: async (pod, condition) => {
      try {
        await client.request({
          method: 'PATCH',
          path: `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/status`,
          patch: 'strategic',
          body: patchOf(pod, gate, condition, clock.now()),
        });
      } catch (error) {
        if (!isNotFound(error) && !isConflict(error)) throw error;
        gone.add(pod.uid);
        return false;
      }
      written.set(pod.uid, { condition, at: clock.now() });
      return true;
    },

    current: (pod) => {
      const entry = written.get(pod.uid);
      if (entry === undefined) return pod;
      if (!differs(pod, gate, entry.condition) || clock.now() - entry.at > showsWithinMs) {
        written.delete(pod.uid);
        return pod;
      }
      const others = pod.conditions.filter((condition) => condition.type !== gate);
      return { ...pod, conditions: [...others, { type: gate, ...entry.condition, changedAt: entry.at }] };
    },

    isGone: (pod) => gone.has(pod.uid),

    keep: (uids) => {
      for (const uid of written.keys()) if (!uids.has(uid)) written.delete(uid);
      for (const uid of gone) if (!uids.has(uid)) gone.delete(uid);
    },
  };
}

/** The condition's transition time moves only with its status. */
function patchOf(pod: Pod, gate: string, condition: GateCondition, now: number): unknown {
  const moved = conditionOf(pod, gate)?.status !== condition.status;
  const transition = moved ? { lastTransitionTime: new Date(now).toISOString() } : {};
  return {
    metadata: { uid: pod.uid },
    status: { conditions: [{ type: gate, ...condition, ...transition }] },
  };
}
