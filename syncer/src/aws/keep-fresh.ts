/** Credentials are renewed when they have less than this left: the SDK's own margin. */
const renewBeforeMs = 5 * 60_000;
/** With less than this left they are not used any more: AWS may see them end before the call has arrived. */
const uselessBeforeMs = 60_000;

/** What ends: at a time, or never. */
interface Ending {
  readonly expiration?: Date;
}

/**
 * Remembers what `get` got, and gets it anew before it ends. Callers at the same time share one `get`. A renewal keeps
 * nobody waiting while the old one is good, and its failure is nobody's until then. `now` is in epoch milliseconds.
 */
export function keepFresh<T extends Ending, A>(
  get: (argument: A) => Promise<T>,
  now: () => number,
): (argument: A) => Promise<T> {
  let known: T | undefined;
  let pending: Promise<T> | undefined;

  const renew = (argument: A): Promise<T> =>
    (pending ??= get(argument)
      .then((got) => (known = got))
      .finally(() => (pending = undefined)));

  return async (argument) => {
    if (known === undefined) return renew(argument);
    const leftMs = known.expiration === undefined ? Infinity : known.expiration.getTime() - now();
    if (leftMs < uselessBeforeMs) return renew(argument);
    if (leftMs < renewBeforeMs) renew(argument).catch(() => undefined);
    return known;
  };
}
