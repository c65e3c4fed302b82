import { isDeepStrictEqual } from 'node:util';
import type { BindingStatus } from '@targetgate/shared/model';
import type { BindingView } from './binding-view.ts';
import type { SyncContext } from './context.ts';
import { bindingSubject } from './events.ts';
import type { Lane } from './lane.ts';
import { conditionOfStatus, statusOf, type KnownGroup } from './status.ts';

/** Keeps a binding's status in the API in step with what is known. */
export interface StatusWriter {
  /** Starts to write what has changed; gives when to offer it again, where it is too soon (epoch ms). */
  offer(view: BindingView, group: KnownGroup): number | undefined;
}

/** Counts, and messages that have some, change with every target of a rollout: they are written no more often than this. */
const countsEveryMs = 5_000;

/** The status with the counts, and the messages, of another: what differs from that one is written at once. */
const withCountsOf = (status: BindingStatus, other: BindingStatus): BindingStatus => ({
  ...status,
  targets: other.targets,
  conditions: status.conditions.map((condition) => ({
    ...condition,
    message: conditionOfStatus(other, condition.type)?.message ?? condition.message,
  })),
});

export function createStatusWriter(
  first: BindingStatus,
  lane: Lane,
  { bindingApi, events, names, clock }: SyncContext,
): StatusWriter {
  let written = first;
  let writtenAt = 0;

  return {
    offer: (view, group) => {
      const { binding } = view;
      const status = statusOf(view, group, written, clock.now());
      if (isDeepStrictEqual(status, written)) return undefined;
      const isNews = !isDeepStrictEqual(withCountsOf(status, written), written);
      const dueAt = writtenAt + countsEveryMs;
      if (!isNews && dueAt > clock.now()) return dueAt;
      lane.offer(async () => {
        await bindingApi.writeStatus(binding, status);
        const before = written;
        written = status;
        writtenAt = clock.now();
        // Where LBC's CRD is installed, the status has no conditions: an event shows in kubectl all the same.
        for (const [type, bad] of [
          ['Ready', 'False'],
          ['Degraded', 'True'],
          ['SecurityGroups', 'False'],
        ] as const) {
          const condition = conditionOfStatus(status, type);
          if (condition?.status !== bad || conditionOfStatus(before, type)?.reason === condition.reason)
            continue;
          events.warn(bindingSubject(binding, names), condition.reason, condition.message);
        }
        return undefined;
      });
      return undefined;
    },
  };
}
