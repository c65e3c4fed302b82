/** How often kubelet renews its view of the container runtime (pkg/kubelet/kubelet.go, genericPlegRelistPeriod). */
const relistMs = 1000;

/**
 * When a sync that is asked for at `now` runs: how soon a kubelet acts on a change of the pod. Times in milliseconds.
 *
 * A kubelet syncs a pod when something asks for it, but each sync needs a view of the container runtime that is newer
 * than the sync before, and that view is renewed once a second (pkg/kubelet/pod_workers.go,
 * GetNewerThan). And a sync works with the pod as it was when the sync was asked for, so a change that comes while
 * one is waiting needs a second one. From these two rules follow the times that were measured on kubelet 1.36.3: at
 * once on a pod that has been quiet, 0.5-1.0 s within half a second of another change, and 1.4-1.8 s for a gate that is
 * patched the moment ContainersReady is seen, because that event has just queued a sync of its own.
 */
export const nextSync = ({ now, lastSyncAt }: { now: number; lastSyncAt: number }): number =>
  Math.max(now, lastSyncAt + relistMs);

/** The paced syncs of one pod. */
export interface PacedSyncs {
  /** Asks for a sync with the pod as it is now. While one is waiting, that one serves. */
  request(): void;
}

/** Paces syncs; the first one counts as just done, since starting the containers is one. `view` is the pod as it is. */
export function paceSyncs<View>(options: {
  readonly view: () => View;
  readonly sync: (view: View) => void;
  readonly signal: AbortSignal;
}): PacedSyncs {
  const { view, sync, signal } = options;
  let lastSyncAt = Date.now();
  let waiting: NodeJS.Timeout | undefined;

  function run(seen: View): void {
    waiting = undefined;
    lastSyncAt = Date.now();
    sync(seen);
  }

  signal.addEventListener('abort', () => clearTimeout(waiting), { once: true });
  return {
    request: () => {
      if (waiting !== undefined || signal.aborted) return;
      const now = Date.now();
      waiting = setTimeout(run, nextSync({ now, lastSyncAt }) - now, view());
    },
  };
}
