import type { Clock } from '@targetgate/shared/runtime';

/**
 * The door to the world outside, which only a leader may pass. Whoever sends something asks right before it is sent,
 * in the same turn of the event loop: a process that was suspended finds the door closed when it goes on.
 */
export interface Fence {
  readonly isOpen: boolean;
  /** @throws NotLeading where it is closed. */
  check(): void;
  /** Ends calls that are under way when the fence falls. Once it is open again there is another one. */
  readonly signal: AbortSignal;
}

/** Thrown at a closed fence: this program does not lead, or cannot know whether it does. */
export class NotLeading extends Error {
  override readonly name = 'NotLeading';

  constructor() {
    super('this replica does not lead: nothing is sent');
  }
}

/** A fence, for those who open it. */
export interface FenceKeeper extends Fence {
  /** Opens it until a time (epoch ms of the clock), which may be past. */
  openUntil(time: number): void;
  /** Lets it fall now. */
  close(): void;
}

/** The fence of those who need none. */
export const noFence: Fence = {
  isOpen: true,
  check: () => undefined,
  signal: new AbortController().signal,
};

/**
 * A fence that is closed. The clock must go on while the process is suspended, and never be set.
 *
 * @param onFall called when it falls, whether its time is up or it is closed.
 */
export function createFence(clock: Clock, onFall: () => void): FenceKeeper {
  let until = -Infinity;
  let falling = new AbortController();
  falling.abort(new NotLeading());
  let timer: (() => void) | undefined;

  function fall(): void {
    timer?.();
    until = -Infinity;
    if (falling.signal.aborted) return;
    falling.abort(new NotLeading());
    onFall();
  }

  const isInTime = (): boolean => clock.now() < until;

  return {
    get isOpen() {
      return isInTime();
    },
    check: () => {
      if (isInTime()) return;
      // The first to notice need not wait for the timer.
      fall();
      throw new NotLeading();
    },
    get signal() {
      return falling.signal;
    },
    openUntil: (time) => {
      timer?.();
      until = time;
      if (!isInTime()) {
        fall();
        return;
      }
      if (falling.signal.aborted) falling = new AbortController();
      timer = clock.at(time, fall);
    },
    close: fall,
  };
}
