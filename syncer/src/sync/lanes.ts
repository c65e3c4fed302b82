import type { Trouble } from '../plan/index.ts';
import type { SyncContext } from './context.ts';
import { createLane, type Lane, type LastingTrouble } from './lane.ts';

/** The kinds of work of a binding; each has a lane of its own, so that a slow call delays only its own kind. */
const kinds = [
  'prepare',
  'facts',
  'confirm',
  'register',
  'look',
  'deregister',
  'ledger',
  'release',
  'conditions',
  'status',
] as const;

/** Lanes whose trouble a waiting gate or a status should tell, the most telling first. */
const telling = ['prepare', 'register', 'look', 'deregister', 'ledger', 'facts', 'confirm'] as const;

/** Lanes whose trouble keeps a deleted binding from its end. */
const ending = ['prepare', 'deregister', 'ledger'] as const;

/** A deletion eats into the pod's preStop while it waits. */
const urgentRetryMs = 5_000;

export type Lanes = Readonly<Record<(typeof kinds)[number], Lane>> & {
  /** What keeps the binding's targets from being in step. */
  readonly trouble: LastingTrouble | undefined;
  /** What keeps a deleted binding from its end. */
  readonly endingTrouble: LastingTrouble | undefined;
  idle(): Promise<void>;
  close(): void;
};

export function createLanes(context: SyncContext, onFree: () => void, onTrouble: OnTrouble): Lanes {
  const entries = kinds.map((kind) => {
    const lane = createLane({
      clock: context.clock,
      ...(kind === 'deregister' && { lastRetryMs: urgentRetryMs }),
      onFree,
      onTrouble: (trouble) => onTrouble(kind, trouble),
    });
    return [kind, lane] as const;
  });
  const lanes = Object.fromEntries(entries) as Record<(typeof kinds)[number], Lane>;
  const all = Object.values(lanes);
  const firstTrouble = (of: readonly (typeof kinds)[number][]): LastingTrouble | undefined =>
    of.map((kind) => lanes[kind].trouble).find((trouble) => trouble !== undefined);
  return {
    ...lanes,
    get trouble() {
      return firstTrouble(telling);
    },
    get endingTrouble() {
      return firstTrouble(ending);
    },
    idle: async () => {
      await Promise.all(all.map((lane) => lane.idle()));
    },
    close: () => {
      for (const lane of all) lane.close();
    },
  };
}

/** Told of each piece of work that failed and will be tried again. */
export type OnTrouble = (kind: string, trouble: Trouble) => void;
