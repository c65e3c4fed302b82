import type { KubeClient } from '@targetgate/shared/kube';
import type { Binding, Owner } from '@targetgate/shared/model';
import { bindingVersion, type Names } from '@targetgate/shared/names';
import type { Clock, Logger } from '@targetgate/shared/runtime';

/** An object that an event is about. */
export type EventSubject = Owner & { readonly namespace: string };

/** Warnings where people look first: `kubectl describe`. */
export interface Events {
  /**
   * Records a Warning. The same one is not repeated within the hour. An event that cannot be written (a namespace that is
   * being deleted takes none) is logged and forgotten: it is news, not state.
   */
  warn(about: EventSubject, reason: string, message: string): void;
  /** Settles when all that was recorded is written, or given up. */
  idle(): Promise<void>;
}

const repeatAfterMs = 3_600_000;

/** The API server takes messages of up to 1,024 characters. */
const longestMessage = 1_024;

export function createEvents(client: KubeClient, clock: Clock, logger: Logger): Events {
  const said = new Map<string, number>();
  const underWay = new Set<Promise<void>>();

  function isNews(key: string, now: number): boolean {
    for (const [known, at] of said) {
      // They are in the order of their times.
      if (now - at < repeatAfterMs) break;
      said.delete(known);
    }
    if (said.has(key)) return false;
    said.set(key, now);
    return true;
  }

  async function write(
    { namespace, ...about }: EventSubject,
    reason: string,
    message: string,
  ): Promise<void> {
    const now = new Date(clock.now()).toISOString();
    await client
      .request({
        method: 'POST',
        path: `/api/v1/namespaces/${namespace}/events`,
        body: {
          metadata: { generateName: `${about.name.slice(0, 200)}.` },
          involvedObject: { ...about, namespace },
          type: 'Warning',
          reason,
          message: message.slice(0, longestMessage),
          source: { component: 'targetgate-syncer' },
          firstTimestamp: now,
          lastTimestamp: now,
          count: 1,
        },
      })
      .catch((err: unknown) => {
        const why = err instanceof Error ? err.message : String(err);
        logger.warn({ why, about: about.name, namespace, reason }, 'no event was written');
      });
  }

  return {
    warn: (about, reason, message) => {
      if (!isNews(`${about.uid} ${reason} ${message}`, clock.now())) return;
      const writing = write(about, reason, message).finally(() => underWay.delete(writing));
      underWay.add(writing);
    },
    idle: async () => {
      await Promise.all(underWay);
    },
  };
}

/** A binding as events name it. */
export const bindingSubject = ({ namespace, name, uid }: Binding, names: Names): EventSubject => ({
  apiVersion: `${names.group}/${bindingVersion}`,
  kind: 'TargetGroupBinding',
  namespace,
  name,
  uid,
});
