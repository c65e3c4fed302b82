import type { Change } from '@targetgate/shared/kube';
import type { PodPhase } from './event.ts';
import type { PodWorker } from './kubelet/pod-worker.ts';
import type { Pod } from './pod/pod.ts';

/** Gives each pod of these nodes to a worker of its own, by uid: a name may come back as another pod. */
export interface PodRouter {
  change(change: Pick<Change<Pod>, 'before' | 'after'>): void;
  /** Ends the pods of a node, as one that loses its power. Pods that are bound to it later are started as always. */
  lose(nodeName: string): Promise<void>;
  /** Ends all pods in the same way. */
  close(): Promise<void>;
}

export function routePods(options: {
  /** Starts the pod on its node; undefined where the node is none of ours. */
  readonly start: (pod: Pod) => PodWorker | undefined;
  readonly note: (pod: Pod, phase: PodPhase) => void;
}): PodRouter {
  const { start, note } = options;
  const workers = new Map<string, { readonly nodeName: string; readonly worker: PodWorker }>();

  function arrive(before: Pod | undefined, pod: Pod): void {
    if (before === undefined) note(pod, 'created');
    if (before?.nodeName === undefined && pod.nodeName !== undefined) note(pod, 'scheduled');
    if (before?.deletion === undefined && pod.deletion !== undefined) note(pod, 'deleted');
    const known = workers.get(pod.uid);
    const { nodeName } = pod;
    if (known) {
      known.worker.update(pod);
    } else if (nodeName !== undefined) {
      const worker = start(pod);
      if (worker) workers.set(pod.uid, { nodeName, worker });
    }
  }

  function leave(pod: Pod): void {
    note(pod, 'gone');
    void workers
      .get(pod.uid)
      ?.worker.abandon()
      .then(() => workers.delete(pod.uid));
  }

  async function abandon(isLost: (nodeName: string) => boolean): Promise<void> {
    const lost = [...workers.values()].filter(({ nodeName }) => isLost(nodeName));
    await Promise.all(lost.map(({ worker }) => worker.abandon()));
  }

  return {
    change: ({ before, after }) => {
      const same = before?.uid === after?.uid;
      if (before && !same) leave(before);
      if (after) arrive(same ? before : undefined, after);
    },
    lose: (nodeName) => abandon((node) => node === nodeName),
    close: () => abandon(() => true),
  };
}
