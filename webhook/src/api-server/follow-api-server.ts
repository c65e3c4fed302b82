import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeClient } from '@targetgate/shared/kube';
import { keepTrying } from '../keep-trying.ts';
import { hasNativeSleep, type ApiServerVersion } from './native-sleep.ts';

/** What is known of the API server. */
export interface ApiServer {
  /**
   * Whether it knows the native sleep. Until it has said its version, no: to an older one the hook would be empty, and it
   * would refuse the pod.
   */
  readonly hasNativeSleep: () => boolean;
  /** Ends the asking. */
  close(): Promise<void>;
}

/** Waits so many milliseconds, or until the signal. */
type Pause = (ms: number, signal: AbortSignal) => Promise<unknown>;

const wait: Pause = (ms, signal) => sleep(ms, undefined, { signal });

/** An upgrade of a control plane is seen within that. */
const askEveryMs = 10 * 60_000;

/**
 * Asks the API server for its version, now and every 10 minutes.
 *
 * @param options.onVersion told of the first version, and of each that differs from the one before.
 */
export function followApiServer(options: {
  client: Pick<KubeClient, 'request'>;
  onVersion: (gitVersion: string) => void;
  onProblem: (problem: unknown) => void;
  pause?: Pause;
}): ApiServer {
  const { client, onVersion, onProblem, pause = wait } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const attempt = () => client.request<ApiServerVersion>({ method: 'GET', path: '/version', signal });
  let version: ApiServerVersion | undefined;

  async function follow(): Promise<void> {
    while (!signal.aborted) {
      const found = await keepTrying({ attempt, onProblem, signal });
      if (found !== undefined && found.gitVersion !== version?.gitVersion) onVersion(found.gitVersion);
      version = found ?? version;
      await pause(askEveryMs, signal).catch(() => undefined);
    }
  }
  const ended = follow();

  return {
    hasNativeSleep: () => version !== undefined && hasNativeSleep(version),
    close: () => {
      stopping.abort();
      return ended;
    },
  };
}
