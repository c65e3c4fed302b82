import type { Change } from '@targetgate/shared/kube';
import type { PodPhase } from './event.ts';
import type { PodWorker } from './kubelet/pod-worker.ts';
import type { Pod } from './pod/pod.ts';

/** Gives each pod of these nodes to a worker of its own, by uid: a name may come back as another pod. */
export interface PodRouter {
  change(change: Change<Pod>): void;
  /** Ends all pods, as a node that loses its power. */
  close(): Promise<void>;
}

export function routePods(options: {
  /** Starts the pod on its node; undefined where the node is none of ours. */
  readonly start: (pod: Pod) => PodWorker | undefined;
  readonly note: (pod: Pod, phase: PodPhase) => void;
}): PodRouter {
  const { start, note } = options;
  const workers = new Map<string, PodWorker>();

  function arrive(before: Pod | undefined, pod: Pod): void {
    if (before === undefined) note(pod, 'created');
    if (before?.nodeName === undefined && pod.nodeName !== undefined) note(pod, 'scheduled');
    if (before?.deletion === undefined && pod.deletion !== undefined) note(pod, 'deleted');
    const worker = workers.get(pod.uid);
    if (worker) {
      worker.update(pod);
    } else if (pod.nodeName !== undefined) {
      const started = start(pod);
      if (started) workers.set(pod.uid, started);
    }
  }

  function leave(pod: Pod): void {
    note(pod, 'gone');
    void workers
      .get(pod.uid)
      ?.abandon()
      .then(() => workers.delete(pod.uid));
  }

  return {
    change: ({ before, after }) => {
      const same = before?.uid === after?.uid;
      if (before && !same) leave(before);
      if (after) arrive(same ? before : undefined, after);
    },
    close: async () => {
      await Promise.all([...workers.values()].map((worker) => worker.abandon()));
    },
  };
}
