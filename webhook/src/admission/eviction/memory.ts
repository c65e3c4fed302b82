import type { Clock } from '@targetgate/shared/runtime';

/** Remembers since when something has been so, by a key. */
export interface Memory {
  /** It is so, now. */
  note(key: string): void;
  /** When it was noted first, in epoch milliseconds; undefined where it was not, or is forgotten. */
  since(key: string): number | undefined;
}

/** Some megabytes; more pods than all drains of a large cluster ask about at a time. */
const capacity = 10_000;

/** A memory that forgets what was not noted for `keepMs`, and, beyond its capacity, what was not noted for longest. */
export function createMemory({ clock, keepMs }: { clock: Pick<Clock, 'now'>; keepMs: number }): Memory {
  /** In the order of `last`. */
  const notes = new Map<string, { readonly first: number; readonly last: number }>();
  const recent = (key: string) => {
    const note = notes.get(key);
    return note && clock.now() - note.last < keepMs ? note : undefined;
  };

  return {
    note: (key) => {
      const now = clock.now();
      const first = recent(key)?.first ?? now;
      notes.delete(key);
      notes.set(key, { first, last: now });
      for (const [oldest, { last }] of notes) {
        if (now - last < keepMs && notes.size <= capacity) break;
        notes.delete(oldest);
      }
    },
    since: (key) => recent(key)?.first,
  };
}
