import type { KubeClient } from '@targetgate/shared/kube';

/**
 * So many gates are patched at once. More make no gate open sooner: they queue in the API server, which has other work,
 * such as the renewal of the Lease by which this program leads.
 */
export const gatesAtOnce = 24;

/** So many calls of a leader are under way at once, gates among them: where 200 bindings begin at once, each has a ledger. */
export const callsAtOnce = 32;

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

/** The API server, of which no more is asked at once than there are slots; the other calls wait. */
export const inSlots = (client: KubeClient, slots: Slots): KubeClient => ({
  ...client,
  request: (request) => slots.run(() => client.request(request)),
});
