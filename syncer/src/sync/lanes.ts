import type { Trouble } from '../plan/index.ts';
import type { SyncContext } from './context.ts';
import { createLane, type Lane } from './lane.ts';

/** The kinds of work of a binding; each has a lane of its own, so that a slow call delays only its own kind. */
const kinds = ['prepare', 'deregister', 'register', 'look', 'conditions', 'ledger', 'status'] as const;

export type Lanes = Readonly<Record<(typeof kinds)[number], Lane>> & {
  /** The first trouble of any lane whose work the binding's health depends on. */
  readonly trouble: Trouble | undefined;
  idle(): Promise<void>;
  close(): void;
};

export function createLanes(context: SyncContext, onFree: () => void, onTrouble: OnTrouble): Lanes {
  const entries = kinds.map((kind) => {
    const lane = createLane({
      clock: context.clock,
      onFree,
      onTrouble: (trouble) => onTrouble(kind, trouble),
    });
    return [kind, lane] as const;
  });
  const lanes = Object.fromEntries(entries) as Record<(typeof kinds)[number], Lane>;
  const all = Object.values(lanes);
  return {
    ...lanes,
    get trouble() {
      return all.find((lane) => lane !== lanes.status && lane.trouble !== undefined)?.trouble;
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
