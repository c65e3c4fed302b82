import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@targetgate/shared/runtime';
import type { Trouble } from '../plan/index.ts';
import type { Lane, LastingTrouble } from './lane.ts';
import type { Order, Turn, Turns } from './turns.ts';

/**
 * A lane whose work calls ELB. Where it has to wait in line for its turn, the work that was offered is forgotten: when
 * its turn comes it asks for a new round, and the call carries what is planned then. Whatever became due meanwhile
 * shares the call, and what is not due any more is not in it.
 */
export interface ElbLane extends Omit<Lane, 'offer' | 'isFree'> {
  /** Starts the work if it can be now; waits in line where the lane is free and it is not its turn. */
  offer(order: Order, work: (turn: Turn) => Promise<Trouble | undefined>): void;
  /** Leaves the line: there is nothing to do just now. */
  leave(): void;
}

/** Those who wait longer than this for an answer of AWS, in milliseconds, are told why. */
const patienceMs = 10_000;

/** A place in the line, or the turn that came of it. */
type Place =
  { readonly order: Order; readonly since: number; readonly leave: () => void } | { readonly turn: Turn };

export function createElbLane(
  lane: Lane,
  { turns, clock, ask }: { readonly turns: Turns; readonly clock: Clock; readonly ask: () => void },
): ElbLane {
  let place: Place | undefined;

  function leave(): void {
    if (place !== undefined && 'leave' in place) place.leave();
    place = undefined;
  }

  /** Waits for a turn, and gives it where it comes at once. */
  function join(order: Order): Turn | undefined {
    let atOnce: Turn | undefined;
    let isWaiting = false;
    const leaveLine = turns.wait(order, (turn) => {
      if (!isWaiting) {
        atOnce = turn;
        return;
      }
      leave();
      place = { turn };
      ask();
    });
    if (atOnce !== undefined) return atOnce;
    isWaiting = true;
    const since = clock.now();
    const cancelAsk = clock.at(since + patienceMs, ask);
    place = {
      order,
      since,
      leave: () => {
        leaveLine();
        cancelAsk();
      },
    };
    return undefined;
  }

  function turnFor(order: Order): Turn | undefined {
    if (place !== undefined) {
      if ('turn' in place) return place.turn;
      if (isDeepStrictEqual(place.order, order)) return undefined;
      leave();
    }
    return join(order);
  }

  return {
    offer: (order, work) => {
      if (!lane.isFree) return;
      const turn = turnFor(order);
      if (turn === undefined) return;
      place = undefined;
      lane.offer(() => work(turn));
    },
    leave,
    dismiss: () => {
      leave();
      lane.dismiss();
    },
    get trouble() {
      return lane.trouble ?? longWait(place, clock.now());
    },
    idle: () => lane.idle(),
    close: () => {
      leave();
      lane.close();
    },
  };
}

/** What is routine nobody waits for. */
function longWait(place: Place | undefined, now: number): LastingTrouble | undefined {
  if (place === undefined || 'turn' in place) return undefined;
  const { order, since } = place;
  if (order.urgency === 'routine' || now - since < patienceMs) return undefined;
  const message = `the calls that AWS allows are used up: ${order.urgency} waits for its turn`;
  return { reason: 'Throttled', message, since };
}
