import { createBackoff, isGone, type Backoff, type KubeClient } from '@targetgate/shared/kube';
import { conditionOf, type Pod } from '@targetgate/shared/model';
import type { Clock } from '@targetgate/shared/runtime';
import { differs, type GateCondition, type Trouble } from '../plan/index.ts';
import { unexpected } from './lane.ts';

/** Writes one gate of pods, and remembers what it wrote until the watch has brought it back. */
export interface ConditionWriter {
  /**
   * Patches a pod's condition; true where it was written. The uid in the patch makes the API server refuse it for
   * another pod of the same name. A pod whose patch fails rests alone, less and less briefly: no other waits for it.
   */
  write(pod: Pod, condition: GateCondition): Promise<boolean>;
  /** False while a pod rests, and for good where the API server has said that it is gone. */
  mayWrite(pod: Pod): boolean;
  /** The pod as it will be when the watch has caught up with what was written. */
  current(pod: Pod): Pod;
  /** Forgets all pods but these. */
  keep(uids: ReadonlyMap<string, unknown>): void;
}

/** What was written and does not show after this long was overwritten by somebody else. */
const showsWithinMs = 5_000;

const firstRetryMs = 500;
const lastRetryMs = 30_000;

export function createConditionWriter(options: {
  client: KubeClient;
  gate: string;
  clock: Clock;
  /** Called when a pod has rested. */
  onRested: () => void;
  onTrouble: (trouble: Trouble) => void;
}): ConditionWriter {
  const { client, gate, clock, onRested, onTrouble } = options;
  const written = new Map<string, { readonly condition: GateCondition; readonly at: number }>();
  const gone = new Set<string>();
  const failing = new Map<string, { readonly backoff: Backoff; until: number }>();

  function rest(pod: Pod, error: unknown): void {
    const entry = failing.get(pod.uid) ?? {
      backoff: createBackoff({ firstMs: firstRetryMs, capMs: lastRetryMs }),
      until: 0,
    };
    entry.until = clock.now() + entry.backoff.next();
    failing.set(pod.uid, entry);
    clock.at(entry.until, onRested);
    onTrouble(unexpected(error));
  }

  return {
    write: async (pod, condition) => {
      try {
        await client.request({
          method: 'PATCH',
          path: `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/status`,
          patch: 'strategic',
          body: patchOf(pod, gate, condition, clock.now()),
          dropsAnswer: true,
        });
      } catch (error) {
        if (isGone(error)) gone.add(pod.uid);
        else rest(pod, error);
        return false;
      }
      failing.delete(pod.uid);
      written.set(pod.uid, { condition, at: clock.now() });
      return true;
    },

    mayWrite: ({ uid }) => !gone.has(uid) && (failing.get(uid)?.until ?? 0) <= clock.now(),

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

    keep: (uids) => {
      for (const known of [written, gone, failing]) {
        for (const uid of known.keys()) if (!uids.has(uid)) known.delete(uid);
      }
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
