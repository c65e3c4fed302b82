import { isNewer, type Lease } from './lease.ts';

/** What a candidate knows of a Lease. */
export interface Knowledge {
  /** Undefined where there is none in the API. */
  readonly lease: Lease | undefined;
  /** Who held it last, whether or not it is still there; empty where nobody does. */
  readonly holder: string;
  /**
   * When others may take it, on the clock of whoever knows this: a holder that has let it go leaves it at once, any
   * other when no renewal was seen for the Lease's duration. The clocks of two machines are never compared.
   */
  readonly freeAt: number;
}

/** What came to be known of a Lease, and how. */
export interface Sighting {
  readonly lease: Lease | undefined;
  /** A read says what is; a watch, or the answer to a write, may come late and say what was. */
  readonly by: 'read' | 'write' | 'watch';
  /** When, on the clock of whoever sees it. */
  readonly at: number;
}

/**
 * What is known after a sighting:
 *
 * | before   | seen                      | by           | then                                                      |
 * | -------- | ------------------------- | ------------ | --------------------------------------------------------- |
 * | anything | a version that is known   |              | nothing new: the time counts from when it was seen first  |
 * | anything | an older version          | watch, write | nothing new: it comes late                                |
 * | anything | another version, held     |              | free when it was not renewed for its duration from now on |
 * | anything | another version, let go   |              | free now                                                  |
 * | anything | one that was never held   |              | free after `durationMs`                                   |
 * | nothing  | none                      |              | free now: to be made                                      |
 * | a Lease  | none: somebody deleted it |              | free when it would have been: its holder may not know yet |
 *
 * One that was never held may have been made in the place of one that somebody has deleted, whose holder may not know
 * yet, or be cut off. So whoever makes a Lease does not hold it at once.
 *
 * @param durationMs for how long a holder of whom nothing is known may go on.
 */
export function learn(
  known: Knowledge | undefined,
  { lease, by, at }: Sighting,
  durationMs: number,
): Knowledge {
  if (lease === undefined) {
    return { lease: undefined, holder: known?.holder ?? '', freeAt: known?.freeAt ?? at };
  }
  const before = known?.lease;
  if (known !== undefined && before !== undefined) {
    if (lease.version === before.version) return known;
    if (by !== 'read' && !isNewer(lease.version, before.version)) return known;
  }
  const { holder, acquiredAt } = lease;
  const silentMs = holder !== '' ? lease.durationMs : acquiredAt === undefined ? durationMs : 0;
  return { lease, holder, freeAt: at + silentMs };
}
