import type { Clock } from '@targetgate/shared/runtime';

/** A process that may be suspended, for a while or for good. */
export interface Process {
  /** True time until which it is suspended. */
  suspendedUntil: number;
}

/** Something turns in a circle where there is more to do. */
const mostHappenings = 50_000;

interface Happening {
  readonly at: number;
  readonly order: number;
  readonly process: Process | undefined;
  readonly happen: () => void;
}

/** True time, in milliseconds, in which what happens is in order. What happens to a suspended process waits for it. */
export function createTime() {
  const coming = new Set<Happening>();
  let now = 0;
  let order = 0;

  function at(time: number, happen: () => void, process?: Process): () => void {
    const happening = { at: Math.max(now, time), order: order++, process, happen };
    coming.add(happening);
    return () => coming.delete(happening);
  }

  function next(): Happening | undefined {
    let first: Happening | undefined;
    for (const one of coming) {
      if (!first || one.at < first.at || (one.at === first.at && one.order < first.order)) first = one;
    }
    return first;
  }

  return {
    at,
    get now() {
      return now;
    },
    /** Lets everything happen that happens before `end`, and `check` look after each of it. */
    run: async (end: number, check: () => void): Promise<void> => {
      let left = mostHappenings;
      for (let one = next(); one !== undefined && one.at <= end; one = next()) {
        if (left-- === 0) throw new Error(`too much happens: it is ${now} ms`);
        coming.delete(one);
        now = one.at;
        const { process } = one;
        if (process !== undefined && now < process.suspendedUntil) {
          at(process.suspendedUntil, one.happen, process);
          continue;
        }
        one.happen();
        await new Promise((resolve) => setImmediate(resolve));
        check();
      }
      now = end;
    },
  };
}

export type Time = ReturnType<typeof createTime>;

/** A process's own clock: it began somewhere, is a little fast or slow, and goes on while the process is suspended. */
export const clockOf = (
  time: Time,
  process: Process,
  { rate, zero }: { rate: number; zero: number },
): Clock => ({
  now: () => zero + time.now * rate,
  // Rounding must not make a timer early: whoever looks whether its time has come would ask for it for ever.
  at: (due, callback) => time.at((due - zero) / rate + 0.001, callback, process),
});
