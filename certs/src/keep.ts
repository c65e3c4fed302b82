import { createBackoff, isConflict } from '@targetgate/shared/kube';
import type { Clock } from '@targetgate/shared/runtime';
import type { Lives } from './certificates.ts';
import { followCluster, type ClusterOptions } from './cluster.ts';
import { createKeeper, type CertificateListeners } from './keeper.ts';

/** The longest time between two looks: a timer cannot count more than 24 days. */
const longestRestMs = 24 * 60 * 60 * 1000;

/** Certificates that are kept up to date until they are closed. */
export interface KeptCertificates {
  close(): Promise<void>;
}

/**
 * Keeps the certificates of a webhook alive: in a Secret, which is made where it is missing, put back where it was lost
 * or spoilt, and renewed in time; and in the webhook configurations, which are told whom to trust, also after somebody
 * has wiped it. It looks after each change of any of them, and when something is due. All replicas do the same: the
 * first write wins, and the others follow it.
 */
export function keepCertificates(
  options: CertificateListeners &
    ClusterOptions & {
      readonly dnsNames: readonly string[];
      readonly lives: Lives;
      readonly clock: Clock;
    },
): KeptCertificates {
  const { clock, onProblem } = options;
  const closing = Promise.withResolvers<undefined>();
  let isClosed = false;
  let wake = (): void => undefined;
  const cluster = followCluster({ ...options, onChange: () => wake() });
  const look = createKeeper(cluster, { ...options, jitter: Math.random(), now: () => clock.now() });

  const backoff = createBackoff({ firstMs: 250, capMs: 10_000 });
  /** One look; gives when the next is due. */
  async function lookOnce(): Promise<number> {
    try {
      const again = await look();
      backoff.reset();
      return Math.min(again, clock.now() + longestRestMs);
    } catch (problem) {
      // What is newer than what we know is on its way to us as an event.
      if (!isConflict(problem) && !isClosed) onProblem(problem);
      return clock.now() + backoff.next();
    }
  }

  async function keep(): Promise<void> {
    await Promise.race([cluster.secretKnown, closing.promise]);
    while (!isClosed) {
      const changed = Promise.withResolvers<undefined>();
      wake = () => changed.resolve(undefined);
      const cancel = clock.at(await lookOnce(), wake);
      await changed.promise;
      cancel();
    }
  }
  const kept = keep();

  return {
    close: async () => {
      isClosed = true;
      closing.resolve(undefined);
      wake();
      await Promise.all([kept, cluster.close()]);
    },
  };
}
