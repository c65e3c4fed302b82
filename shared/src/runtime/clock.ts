/** Time, passed in to everything that reads it or waits, so that tests can own it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once at the time given (epoch milliseconds), or at once where it is past. Returns how to cancel. */
  at(time: number, callback: () => void): () => void;
}

/** The real time, as it was when the program started and counted from there: a clock that is set never moves it back. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  at: (time, callback) => {
    let timer = setTimeout(whenDue, Math.max(0, time - systemClock.now()));
    // A timer counts whole milliseconds, and may be up to two of them early: what looks whether its time has come would
    // find that it has not, and never be called again.
    function whenDue(): void {
      const early = time - systemClock.now();
      if (early > 0) timer = setTimeout(whenDue, Math.ceil(early));
      else callback();
    }
    return () => {
      clearTimeout(timer);
    };
  },
};
