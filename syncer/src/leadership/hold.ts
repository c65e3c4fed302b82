import type { Clock } from '@targetgate/shared/runtime';
import { createFence, type Fence } from './fence.ts';
import { learn, type Knowledge, type Sighting } from './knowledge.ts';
import type { Lease } from './lease.ts';
import type { Timing } from './timing.ts';

/**
 * Where a candidate stands:
 *
 * | standing | the Lease                            | the fence |
 * | -------- | ------------------------------------ | --------- |
 * | standby  | is not ours                          | closed    |
 * | leading  | is ours                              | open      |
 * | paused   | is ours, but was not renewed in time | closed    |
 */
export type Standing = 'standby' | 'leading' | 'paused';

/** What a candidate knows of the Lease, and for how long it may act on it. */
export interface Hold {
  /** Undefined before the API has said anything. */
  readonly known: Knowledge | undefined;
  readonly isOurs: boolean;
  /** When the last renewal that succeeded was sent; undefined where the Lease is not ours. */
  readonly renewedAt: number | undefined;
  readonly standing: Standing;
  /** Open while it leads. */
  readonly fence: Fence;
  /** Takes in what was seen of the Lease. */
  see(lease: Lease | undefined, by: Sighting['by']): void;
  /** Takes in that a write has succeeded, and when it was sent: others may have seen it since. */
  wrote(lease: Lease, sentAt: number): void;
  /** Leads no more, whatever is seen. */
  end(): void;
}

/** What holding takes. */
export interface HoldOptions {
  /** Whose hold it is. */
  readonly id: string;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly onStanding: (standing: Standing) => void;
}

export function createHold({ id, timing, clock, onStanding }: HoldOptions): Hold {
  let known: Knowledge | undefined;
  let renewedAt: number | undefined;
  let standing: Standing = 'standby';
  let isEnded = false;
  const fence = createFence(clock, onFall);

  const isOurs = (): boolean => known?.holder === id;

  function see(lease: Lease | undefined, by: Sighting['by']): void {
    known = learn(known, { lease, by, at: clock.now() }, timing.durationMs);
    giveUpMissing();
    if (!isOurs()) {
      renewedAt = undefined;
      fence.close();
    }
    stand();
  }

  function onFall(): void {
    giveUpMissing();
    stand();
  }

  /**
   * A Lease of ours that somebody has deleted is ours for as long as the fence is open. After that another one may have
   * taken it before it was deleted.
   */
  function giveUpMissing(): void {
    if (known?.lease !== undefined || !isOurs() || fence.isOpen) return;
    renewedAt = undefined;
    known = learn(undefined, { lease: undefined, by: 'read', at: clock.now() }, timing.durationMs);
  }

  function stand(): void {
    const next = !isOurs() || isEnded ? 'standby' : fence.isOpen ? 'leading' : 'paused';
    // A Lease of ours that was never renewed in time is not led yet.
    if (next === standing || (standing === 'standby' && next === 'paused')) return;
    standing = next;
    onStanding(next);
  }

  return {
    get known() {
      return known;
    },
    get isOurs() {
      return isOurs();
    },
    get renewedAt() {
      return renewedAt;
    },
    get standing() {
      return standing;
    },
    fence,
    see,
    wrote: (lease, sentAt) => {
      see(lease, 'write');
      // The answer may be late: another one may have the Lease by now.
      if (!isOurs()) return;
      renewedAt = sentAt;
      fence.openUntil(sentAt + timing.renewDeadlineMs);
      stand();
    },
    end: () => {
      isEnded = true;
      fence.close();
      stand();
    },
  };
}
