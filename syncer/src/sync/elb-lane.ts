import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@targetgate/shared/runtime';
import { isSilence, type LastingTrouble, type Trouble } from '../plan/index.ts';
import type { Lane } from './lane.ts';
import type { Order, Turn, Turns, Urgency } from './turns.ts';

/**
 * A lane whose work calls ELB. Where it has to wait in line for its turn, the work that was offered is forgotten: when
 * its turn comes it asks for a new round, and the call carries what is planned then. Whatever became due meanwhile
 * shares the call, and what is not due any more is not in it.
 */
export interface ElbLane extends Omit<Lane, 'offer'> {
  /** Starts the work if it can be now; waits in line where the lane is free and it is not its turn. */
  offer(order: Order, work: (turn: Turn) => Promise<Trouble | undefined>): void;
  /** Leaves the line: there is nothing to do just now. */
  leave(): void;
  /**
   * Since when the next call has waited in line (epoch ms), its turn included until it is made; undefined where none
   * does.
   */
  readonly waitingSince: number | undefined;
  /** Whether the last call was one that nobody waited for. */
  readonly isRoutine: boolean;
}

/** Changes that wait longer than this in line, in milliseconds, say so. */
const patienceMs = 10_000;

/** Where ELB has taken no call for this long, in milliseconds, that is why they wait. */
const silenceMs = 60_000;

/** A place in the line, or the turn that came of it. */
type Place = { readonly since: number } & (
  { readonly order: Order; readonly leave: () => void } | { readonly turn: Turn }
);

export function createElbLane(
  lane: Lane,
  { turns, clock, ask }: { readonly turns: Turns; readonly clock: Clock; readonly ask: () => void },
): ElbLane {
  let place: Place | undefined;
  let last: Urgency | undefined;

  function leave(): void {
    const left = place;
    place = undefined;
    if (left === undefined) return;
    if ('turn' in left) left.turn.giveBack();
    else left.leave();
  }

  /** Waits for a turn, and gives it where it comes at once. */
  function join(order: Order): Turn | undefined {
    let atOnce: Turn | undefined;
    let isWaiting = false;
    const since = clock.now();
    const leaveLine = turns.wait(order, (turn) => {
      if (!isWaiting) {
        atOnce = turn;
        return;
      }
      leave();
      place = { turn, since };
      ask();
    });
    if (atOnce !== undefined) return atOnce;
    isWaiting = true;
    const cancelAsk = isChange(order) ? askEach(patienceMs) : () => undefined;
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

  function askEach(ms: number): () => void {
    let cancel = clock.at(clock.now() + ms, again);
    function again(): void {
      cancel = clock.at(clock.now() + ms, again);
      ask();
    }
    return () => cancel();
  }

  /**
   * A change that is late makes the group differ from the service; a look that is late changes nothing. As long as ELB
   * takes the calls of others, AWS has no part in the wait: it is no silence of AWS, which opens gates in the end.
   */
  function longWait(now: number): LastingTrouble | undefined {
    if (place === undefined || 'turn' in place) return undefined;
    const { order, since } = place;
    if (!isChange(order) || now - since < patienceMs) return undefined;
    const takesNoneSince = Math.max(since, turns.takenAt(order) ?? since);
    const wait = `${order.urgency} waits for its turn`;
    return now - takesNoneSince < silenceMs
      ? { reason: 'BudgetUsedUp', message: `the calls that the budget allows are used up: ${wait}`, since }
      : { reason: 'Throttled', message: `AWS takes no calls: ${wait}`, since: takesNoneSince };
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
      last = order.urgency;
      lane.offer(() => work(turn));
    },
    leave,
    get isFree() {
      return lane.isFree;
    },
    get waitingSince() {
      return place?.since;
    },
    get isRoutine() {
      return last === 'routine';
    },
    dismiss: () => {
      leave();
      lane.dismiss();
    },
    get trouble() {
      const { trouble } = lane;
      // What ELB said last is not what keeps the work now, where it has waited long since.
      if (trouble !== undefined && isSilence(trouble)) return trouble;
      return longWait(clock.now()) ?? trouble;
    },
    idle: () => lane.idle(),
    close: () => {
      leave();
      lane.close();
    },
  };
}

const isChange = ({ urgency }: Order): boolean => urgency === 'deregister' || urgency === 'register';
