import type { Clock } from '@targetgate/shared/runtime';
import type { Fence } from './fence.ts';
import { createHold, type Standing } from './hold.ts';
import type { Identity } from './identity.ts';
import { holdBy, letGo, neverHeld } from './lease-spec.ts';
import type { Lease } from './lease.ts';
import type { LeaseApi } from './lease-api.ts';
import { nextStep } from './next-step.ts';
import type { Timing } from './timing.ts';

/** One who wants to hold a Lease. */
export interface Candidate {
  readonly standing: Standing;
  /** Open while it leads. */
  readonly fence: Fence;
  /** Who holds the Lease, empty where nobody does; undefined while nothing is known of it. */
  readonly holder: string | undefined;
  /** Whether it holds the Lease or is about to take it. */
  readonly isEngaged: boolean;
  /** Says what the watch has told of the Lease; undefined: there is none. */
  see(lease: Lease | undefined): void;
  /** Takes the Lease no more. One that is held is renewed all the same. */
  retire(): void;
  /** Lets the Lease go, so that others need not wait; nothing is sent afterwards. Whoever works must have ended. */
  release(): Promise<void>;
}

/** What a candidate needs. */
export interface CandidateOptions {
  readonly api: LeaseApi;
  readonly identity: Identity;
  readonly timing: Timing;
  readonly clock: Clock;
  /** For how long others go first when the Lease is free, in milliseconds. */
  readonly headStartMs: () => number;
  readonly onStanding: (standing: Standing) => void;
  /** Told of each try that failed. */
  readonly onProblem: (problem: unknown) => void;
}

/** How often a release that meets another writer is tried. */
const mostReleases = 3;

/** A candidate that knows nothing yet: it begins when it is told what the Lease is. */
export function createCandidate(options: CandidateOptions): Candidate {
  const { api, identity, timing, clock, onStanding } = options;
  const hold = createHold({ id: identity.id, timing, clock, onStanding });
  let notBefore = -Infinity;
  /** Only who held the Lease when this process began can be its predecessor. */
  let firstHolder: string | undefined;
  let isWilling = true;
  let isReleased = false;
  let trying: Promise<void> | undefined;
  let timer: (() => void) | undefined;

  function schedule(): void {
    timer?.();
    timer = undefined;
    if (trying !== undefined || isReleased) return;
    const { at } = nextStep({
      identity: identity.id,
      known: hold.known,
      renewedAt: hold.renewedAt,
      isWilling,
      isPredecessor: (holder) => holder === firstHolder && identity.isPredecessor(holder),
      headStartMs: options.headStartMs(),
      notBefore,
      timing,
    });
    if (at <= clock.now()) {
      trying = attempt().finally(() => {
        trying = undefined;
        schedule();
      });
    } else if (at < Infinity) timer = clock.at(at, schedule);
  }

  /** Writes the Lease as ours; one that is not there is made first, for nobody. */
  async function attempt(): Promise<void> {
    const { known, isOurs } = hold;
    const spec = known?.lease || isOurs ? holdBy(identity.id, known, timing) : neverHeld;
    const sentAt = clock.now();
    const rest = (): void => void (notBefore = clock.now() + timing.retryEveryMs);
    try {
      const written = await api.write(known?.lease, spec);
      if (written.kind === 'written') {
        hold.wrote(written.lease, sentAt);
        return;
      }
      // Whatever refuses it time and again must not be asked without a pause.
      rest();
      hold.see(await api.read(), 'read');
    } catch (problem) {
      rest();
      options.onProblem(problem);
    }
  }

  return {
    get standing() {
      return hold.standing;
    },
    fence: hold.fence,
    get holder() {
      return hold.known?.holder;
    },
    get isEngaged() {
      return trying !== undefined || hold.isOurs;
    },
    see: (lease) => {
      hold.see(lease, 'watch');
      firstHolder ??= hold.known?.holder;
      schedule();
    },
    retire: () => {
      isWilling = false;
      schedule();
    },
    release: async () => {
      isWilling = false;
      isReleased = true;
      timer?.();
      await trying;
      hold.end();
      try {
        for (let tries = 0; tries < mostReleases && hold.isOurs && hold.known?.lease; tries++) {
          const { lease } = hold.known;
          const written = await api.write(lease, letGo(lease));
          hold.see(written.kind === 'written' ? written.lease : await api.read(), 'read');
        }
      } catch (problem) {
        // It ends by itself, later.
        options.onProblem(problem);
      }
    },
  };
}
