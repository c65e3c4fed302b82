/**
 * So many gates are patched at once. More make no gate open sooner: they queue in the API server, which has other work,
 * such as the renewal of the Lease by which this program leads.
 */
export const gatesAtOnce = 24;

/** Lets so much work run at once, and the rest wait, whoever came first. */
export interface Slots {
  /** Runs the work when there is a slot for it. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function createSlots(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    run: async (work) => {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
  };
}
