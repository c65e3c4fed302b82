import { urgencies, type Urgency } from '../../sync/turns.ts';

/** Where in the line somebody waits. */
export interface Place {
  readonly urgency: Urgency;
  /** Those who are about the same take turns with all others. */
  readonly about: string;
}

/** Those who wait: the most urgent first, and among these one for each thing that they are about, round and round. */
export interface Line<T> {
  /** Adds somebody to the line; gives how to leave it. */
  join(place: Place, who: T): () => void;
  /** How urgent the one who is next is; undefined where nobody waits. */
  readonly next: Urgency | undefined;
  /** Takes the one who is next out of the line. */
  take(): T | undefined;
  readonly length: number;
}

export function createLine<T>(): Line<T> {
  type Round = Map<string, Set<{ readonly who: T }>>;
  /** By urgency, and by what they are about: the one whose turn it is comes first. */
  const rounds: Readonly<Record<Urgency, Round>> = {
    deregister: new Map(),
    register: new Map(),
    awaited: new Map(),
    routine: new Map(),
  };
  let length = 0;

  const next = (): Urgency | undefined => urgencies.find((urgency) => rounds[urgency].size > 0);

  return {
    join: ({ urgency, about }, who) => {
      const round = rounds[urgency];
      const alike = round.get(about) ?? new Set();
      const waiter = { who };
      round.set(about, alike.add(waiter));
      length++;
      return () => {
        if (!alike.delete(waiter)) return;
        length--;
        if (alike.size === 0) round.delete(about);
      };
    },

    get next() {
      return next();
    },

    take: () => {
      const urgency = next();
      if (urgency === undefined) return undefined;
      const round = rounds[urgency];
      const [first] = round;
      const [waiter] = first?.[1] ?? [];
      if (first === undefined || waiter === undefined) return undefined;
      const [about, alike] = first;
      alike.delete(waiter);
      length--;
      round.delete(about);
      if (alike.size > 0) round.set(about, alike);
      return waiter.who;
    },

    get length() {
      return length;
    },
  };
}
