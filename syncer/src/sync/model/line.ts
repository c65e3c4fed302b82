import type { Clock } from '@targetgate/shared/runtime';

/** The calls that fare alike: ELB's, and those to the API server by what they are about. */
export const operations = [
  'look',
  'facts',
  'register',
  'deregister',
  'ledger',
  'gate',
  'binding',
  'read',
] as const;

export type Operation = (typeof operations)[number];

const ofElb: ReadonlySet<Operation> = new Set(['look', 'facts', 'register', 'deregister']);

/**
 * `refused`, and `blamed` for its targets: without effect, and the answer says so.
 * `answer-lost`: with its effect, and told to the caller as failed.
 */
export type Failure = 'refused' | 'blamed' | 'answer-lost';

/** How calls fare: they take effect after `requestMs`, and their answer comes `answerMs` later. */
export interface Weather {
  readonly requestMs: number;
  readonly answerMs: number;
  readonly failure: Failure | 'none';
}

const fair: Weather = { requestMs: 1, answerMs: 1, failure: 'none' };

/** A call: its effect with its true answer, and what is answered instead where it fails. */
export interface Call<T> {
  readonly operation: Operation;
  /** `isLate`: the caller is gone. */
  readonly act: (isLate: boolean) => Promise<T>;
  readonly fail: (how: Failure) => Promise<T>;
}

/** Carries the calls of one syncer. Each takes time, so that whatever else happens can happen while it is under way. */
export function createLine(clock: Clock, weather: ReadonlyMap<Operation, Weather>) {
  const requests = new Map<() => void, Operation>();
  let isCut = false;

  function carry<T>({ operation, act, fail }: Call<T>): Promise<T> {
    const { requestMs, answerMs, failure } = weather.get(operation) ?? fair;
    return new Promise((resolve) => {
      const arrive = (): void => {
        if (!requests.delete(arrive)) return;
        const done = failure === 'refused' || failure === 'blamed' ? fail(failure) : act(isCut);
        done.catch(() => undefined);
        clock.at(clock.now() + answerMs, () => {
          if (!isCut) resolve(failure === 'answer-lost' ? fail(failure) : done);
        });
      };
      requests.set(arrive, operation);
      clock.at(clock.now() + requestMs, () => {
        if (!isCut) arrive();
      });
    });
  }

  return {
    carry,
    isCut: () => isCut,
    /**
     * Ends the line for good: no answer comes any more. The requests under way never arrive; or now, and those to ELB
     * so much later (ms).
     */
    cut: (landsAfterMs: number | undefined): void => {
      isCut = true;
      if (landsAfterMs === undefined) requests.clear();
      for (const [arrive, operation] of requests) {
        if (ofElb.has(operation)) clock.at(clock.now() + (landsAfterMs ?? 0), arrive);
        else arrive();
      }
    },
  };
}
