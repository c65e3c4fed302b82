import { createBackoff } from '@targetgate/shared/kube';
import type { Clock } from '@targetgate/shared/runtime';
import { isSilence, type LastingTrouble, type Trouble } from '../plan/index.ts';

/**
 * One kind of work of one binding, one piece at a time. While a piece is under way, or a failed one backs off, further
 * ones are not taken: when the lane is free again it asks for a new round, which plans from what is true then. So
 * whatever became due meanwhile shares the next call.
 */
export interface Lane {
  /** Starts the work unless the lane is taken. */
  offer(work: () => Promise<Trouble | undefined>): void;
  /** Whether it would take work. */
  readonly isFree: boolean;
  /** Says that the lane has nothing to do: what its last piece of work ran into is over. */
  dismiss(): void;
  /** What the last piece of work ran into; undefined after success. */
  readonly trouble: LastingTrouble | undefined;
  /** Settles when no work is under way. */
  idle(): Promise<void>;
  close(): void;
}

/** Failed work is tried again within half a second at first, and within 30 s at the most unless the lane is more urgent. */
const firstRetryMs = 500;
const slowestRetryMs = 30_000;

export function createLane(options: {
  clock: Clock;
  /** The longest wait before failed work is tried again, in milliseconds. */
  lastRetryMs?: number;
  /** Whether failed work waits before it is tried again; without this, it always does. */
  backsOff?: (trouble: Trouble) => boolean;
  /** Called when the lane has become free. */
  onFree: () => void;
  onTrouble: (trouble: Trouble) => void;
}): Lane {
  const { clock, lastRetryMs = slowestRetryMs, backsOff = () => true, onFree, onTrouble } = options;
  const backoff = createBackoff({ firstMs: firstRetryMs, capMs: lastRetryMs });
  let underWay: Promise<void> | undefined;
  let resting: (() => void) | undefined;
  let trouble: LastingTrouble | undefined;
  let closed = false;

  function settle(result: Trouble | undefined): void {
    underWay = undefined;
    trouble = result && lasting(result, trouble, clock.now());
    if (closed) return;
    if (trouble === undefined) {
      backoff.reset();
      onFree();
      return;
    }
    onTrouble(trouble);
    if (backsOff(trouble)) {
      resting = clock.at(clock.now() + backoff.next(), () => {
        resting = undefined;
        onFree();
      });
    }
    // The round that says in the gates what the trouble is need not wait for the back-off.
    onFree();
  }

  const isFree = (): boolean => !closed && underWay === undefined && resting === undefined;

  return {
    offer: (work) => {
      if (isFree()) underWay = work().then(settle, (error: unknown) => settle(unexpected(error)));
    },
    get isFree() {
      return isFree();
    },
    dismiss: () => {
      if (underWay !== undefined || resting !== undefined) return;
      backoff.reset();
      if (trouble === undefined) return;
      trouble = undefined;
      // The round that is under way has been told of the trouble: one more says that it is over.
      onFree();
    },
    get trouble() {
      return trouble;
    },
    idle: async () => {
      await underWay;
    },
    close: () => {
      closed = true;
      resting?.();
    },
  };
}

/** A silence of AWS that follows an answer, even a refusal, is a new one. */
function lasting(trouble: Trouble, before: LastingTrouble | undefined, now: number): LastingTrouble {
  const goesOn = before !== undefined && isSilence(before) === isSilence(trouble);
  return { ...trouble, since: goesOn ? before.since : now };
}

/** A refusal of the API server, or a defect: either way it is said, and tried again. */
export function unexpected(error: unknown): Trouble {
  if (!(error instanceof Error)) return { reason: 'Error', message: String(error) };
  return { reason: error.name, message: error.message };
}
