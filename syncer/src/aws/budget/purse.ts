import type { Clock } from '@targetgate/shared/runtime';
import type { ElbResult } from '../../sync/target-groups.ts';
import type { Order, Turn, Urgency } from '../../sync/turns.ts';
import { limitsOf, type Kind } from './kind.ts';
import { createLine } from './line.ts';
import { createTokens } from './tokens.ts';

/** The tokens for calls of one kind, and the line of those who wait for them. */
export interface Purse {
  wait(order: Order, onTurn: (turn: Turn) => void): () => void;
  /** Says that ELB has throttled a call of another kind. */
  warn(): void;
  /** Calls a second. */
  readonly perSecond: number;
  /** How many calls wait. */
  readonly waiting: number;
  /** When ELB last took a call (epoch ms). */
  readonly takenAt: number | undefined;
  /** Whether a call may go that others would share if it waited for them, and counts it. */
  mayGoAlone(): boolean;
  /** Nobody has needed it for long; a new one would be as good. */
  readonly isIdle: boolean;
  /** Lets all go whose turn has not come: their calls are not made. */
  close(): void;
}

/** Told of each call whose turn has come: how urgent it was, and how long it waited, in seconds. */
export type OnWaited = (urgency: Urgency, seconds: number) => void;

/** A purse that nobody has used for this long is idle, in milliseconds. Its bucket is full long before. */
const idleAfterMs = 3_600_000;

/** What a purse needs. */
export interface PurseOptions {
  readonly clock: Clock;
  readonly onWaited: OnWaited;
  /** The part of the whole budget that this is; default 1. */
  readonly share?: number;
}

/** `onThrottled`: told whenever ELB has throttled a call of the purse. */
export function createPurse(
  kind: Kind,
  { clock, onWaited, share }: PurseOptions,
  onThrottled: () => void,
): Purse {
  const { mostUnderWay } = limitsOf[kind];
  const line = createLine<(turn: Turn) => void>();
  const tokens = createTokens(kind, clock, share);
  /** Turns that came and are not over. */
  let underWay = 0;
  let throttles = 0;
  let takenAt: number | undefined;
  let timer: (() => void) | undefined;
  let isClosed = false;

  const count = (): void => tokens.count(line.length > 0);

  function serve(): void {
    count();
    timer?.();
    for (let { next } = line; next !== undefined && underWay < mostUnderWay; { next } = line) {
      if (!tokens.take(next)) {
        timer = clock.at(tokens.dueAt(next), serve);
        return;
      }
      line.take()?.(newTurn(next));
    }
  }

  function newTurn(urgency: Urgency): Turn {
    const throttlesBefore = throttles;
    let isUsed = false;
    underWay++;
    return {
      call: async (send) => {
        isUsed = true;
        try {
          const result = await send();
          learn(result, { urgency, throttlesBefore });
          return result;
        } finally {
          underWay--;
          serve();
        }
      },
      giveBack: () => {
        if (isUsed) return;
        isUsed = true;
        underWay--;
        tokens.giveBack();
        serve();
      },
    };
  }

  /** That ELB is out of reach, or refuses a call for what it is, says nothing of its quota. */
  function learn(
    result: ElbResult<unknown>,
    { urgency, throttlesBefore }: { readonly urgency: Urgency; readonly throttlesBefore: number },
  ): void {
    count();
    if ('ok' in result) {
      takenAt = clock.now();
      tokens.taken();
      // What was on its way when the pace fell says nothing of the new one.
    } else if (result.trouble.reason === 'Throttled' && throttles === throttlesBefore) {
      throttles++;
      tokens.throttled(urgency);
      onThrottled();
    }
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
    mayGoAlone: () => {
      count();
      return line.length === 0 && tokens.takeAlone();
    },
    warn: () => {
      count();
      tokens.warned();
    },
    get perSecond() {
      return tokens.perSecond;
    },
    get waiting() {
      return line.length;
    },
    get takenAt() {
      return takenAt;
    },
    get isIdle() {
      return line.length === 0 && underWay === 0 && clock.now() - tokens.countedAt >= idleAfterMs;
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
  giveBack: () => undefined,
};
