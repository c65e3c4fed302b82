import { createCandidate, type Candidate } from '../candidate.ts';
import type { Identity } from '../identity.ts';
import type { LeaseApi } from '../lease-api.ts';
import { podOf } from '../identity.ts';
import type { Timing } from '../timing.ts';
import type { ApiServer } from './api-server.ts';
import { clockOf, type Process, type Time } from './time.ts';

/** What becomes of one call. Times are in milliseconds. */
export interface Weather {
  /** How long it takes each way. */
  readonly outMs: number;
  readonly backMs: number;
  /** Where it is lost. */
  readonly lost: 'no' | 'request' | 'answer';
  /** For how long its sender is suspended as soon as it is sent. */
  readonly suspendsMs: number;
}

/** A replica's surroundings. */
export interface ReplicaOptions {
  readonly time: Time;
  readonly api: ApiServer;
  readonly timing: Timing;
  readonly pod: string;
  /** Its processes, the first one being number 0. */
  readonly run: number;
  readonly clock: { readonly rate: number; readonly zero: number };
  readonly nextWeather: () => Weather;
  /** Whether the replica reaches the API server now. */
  readonly isReachable: () => boolean;
}

/** One process of a replica. */
export interface Replica {
  readonly candidate: Candidate;
  readonly process: Process;
  kill(): void;
}

/** How often a process that is cut off from the API server asks for what it has missed, in milliseconds. */
const watchAgainMs = 100;

export function startReplica(options: ReplicaOptions): Replica {
  const { time, api, timing, pod, run, nextWeather, isReachable } = options;
  const process: Process = { suspendedUntil: 0 };
  const id = `${pod}_${run}`;
  const identity: Identity = { id, isPredecessor: (holder) => holder !== id && podOf(holder) === pod };

  /** What is under way lands, whatever becomes of its sender. */
  function call<T>(act: () => T): Promise<T> {
    const { outMs, backMs, lost, suspendsMs } = nextWeather();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    time.at(time.now + timing.answerWithinMs, () => reject(new Error('no answer')), process);
    process.suspendedUntil = Math.max(process.suspendedUntil, time.now + suspendsMs);
    if (lost === 'request' || !isReachable()) return promise;
    time.at(time.now + outMs, () => {
      const answer = act();
      if (lost !== 'answer' && isReachable()) time.at(time.now + backMs, () => resolve(answer), process);
    });
    return promise;
  }

  const leaseApi: LeaseApi = {
    read: () => call(() => api.read()),
    write: (before, spec) => call(() => api.write(before, spec)),
  };
  const candidate = createCandidate({
    api: leaseApi,
    identity,
    timing,
    clock: clockOf(time, process, options.clock),
    headStartMs: () => 0,
    onStanding: () => undefined,
    onProblem: () => undefined,
  });

  /** A watch tells everything in order, late. */
  function see(): void {
    if (isReachable()) candidate.see(api.read());
    else time.at(time.now + watchAgainMs, see, process);
  }
  const leave = api.watch((lease) => {
    const { backMs } = nextWeather();
    if (isReachable()) time.at(time.now + backMs, () => candidate.see(lease), process);
    else time.at(time.now + watchAgainMs, see, process);
  });
  time.at(time.now, see, process);

  return {
    candidate,
    process,
    kill: () => {
      process.suspendedUntil = Infinity;
      leave();
    },
  };
}
