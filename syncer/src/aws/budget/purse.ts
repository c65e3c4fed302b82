import type { Clock } from '@targetgate/shared/runtime';
import type { Order, Turn, Urgency } from '../../sync/turns.ts';
import { filledAt, refill, type Bucket } from './bucket.ts';
import { bucketSeconds, kindOf, reserveSeconds } from './kind.ts';
import { createLine } from './line.ts';
import { faster, slower, startingPace } from './pace.ts';

/** The tokens for calls of one kind, and the line of those who wait for them. */
export interface Purse {
  wait(order: Order, onTurn: (turn: Turn) => void): () => void;
  /** Calls a second. */
  readonly perSecond: number;
  /** How many calls wait. */
  readonly waiting: number;
  /** Lets all go whose turn has not come: their calls are not made. */
  close(): void;
}

/** Told of each call whose turn has come: how urgent it was, and how long it waited, in seconds. */
export type OnWaited = (urgency: Urgency, seconds: number) => void;

export function createPurse(
  startPerSecond: number,
  { clock, onWaited }: { readonly clock: Clock; readonly onWaited: OnWaited },
): Purse {
  const line = createLine<(turn: Turn) => void>();
  let pace = startingPace(startPerSecond);
  let bucket: Bucket = { tokens: bucketSeconds * pace.perSecond, at: clock.now() };
  let throttles = 0;
  let timer: (() => void) | undefined;
  let isClosed = false;

  const inflow = () => ({ perSecond: pace.perSecond, capacity: bucketSeconds * pace.perSecond });
  const neededFor = (urgency: Urgency): number =>
    1 + (kindOf[urgency].leavesReserve ? reserveSeconds * pace.perSecond : 0);

  function count(): void {
    const seconds = (clock.now() - bucket.at) / 1000;
    bucket = refill(bucket, inflow(), clock.now());
    // A pace that nobody needs is not put to the test.
    if (line.length > 0) pace = faster(pace, startPerSecond, seconds);
  }

  function serve(): void {
    count();
    for (let { next } = line; next !== undefined; { next } = line) {
      if (bucket.tokens < neededFor(next)) {
        timer?.();
        timer = clock.at(filledAt(bucket, inflow(), neededFor(next)), serve);
        return;
      }
      bucket = { ...bucket, tokens: bucket.tokens - 1 };
      line.take()?.(newTurn());
    }
  }

  function newTurn(): Turn {
    const throttlesBefore = throttles;
    return {
      call: async (send) => {
        const result = await send();
        const isThrottled = 'trouble' in result && result.trouble.reason === 'Throttled';
        // What was on its way when the pace fell says nothing of the new one.
        if (isThrottled && throttles === throttlesBefore) fall();
        return result;
      },
    };
  }

  /** ELB's own bucket is empty. */
  function fall(): void {
    count();
    throttles++;
    pace = slower(pace);
    bucket = { ...bucket, tokens: 0 };
  }

  return {
    wait: (order, onTurn) => {
      if (isClosed) {
        onTurn(noTurn);
        return () => undefined;
      }
      count();
      const since = clock.now();
      const leave = line.join(order, (turn) => {
        onWaited(order.urgency, (clock.now() - since) / 1000);
        onTurn(turn);
      });
      serve();
      return leave;
    },
    get perSecond() {
      return pace.perSecond;
    },
    get waiting() {
      return line.length;
    },
    close: () => {
      isClosed = true;
      timer?.();
      while (line.length > 0) line.take()?.(noTurn);
    },
  };
}

/** The turn of a call that is not made any more. */
const noTurn: Turn = {
  call: () => Promise.resolve({ trouble: { reason: 'Unreachable', message: 'the syncer stops' } }),
};
