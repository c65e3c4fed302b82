import type { PodApi } from './pod-api.ts';
import type { PodStatus } from './pod-status.ts';

/** Brings a pod's status to the API server, one patch at a time; of several waiting ones only the last is sent. */
export interface StatusWriter {
  write(status: PodStatus): void;
  /** Settles when nothing is waiting. */
  idle(): Promise<void>;
}

export function statusWriter(options: {
  readonly api: PodApi;
  readonly signal: AbortSignal;
  /** Told of each accepted status, and of the one accepted before it. */
  readonly onWritten: (status: PodStatus, before: PodStatus | undefined) => void;
  readonly onProblem: (problem: unknown) => void;
}): StatusWriter {
  const { api, signal, onWritten, onProblem } = options;
  let latest: PodStatus | undefined;
  let written: PodStatus | undefined;
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    try {
      while (latest !== undefined && latest !== written && !signal.aborted) {
        const status = latest;
        if (!(await api.patchStatus(status, signal))) return;
        onWritten(status, written);
        written = status;
      }
    } catch (problem) {
      onProblem(problem);
    } finally {
      // In the same turn as the last look at `latest`, so that no status is left unsent in between.
      writing = undefined;
    }
  }

  return {
    write: (status) => {
      if (JSON.stringify(status) === JSON.stringify(latest)) return;
      latest = status;
      writing ??= writeAll();
    },
    idle: async () => {
      await writing;
    },
  };
}
