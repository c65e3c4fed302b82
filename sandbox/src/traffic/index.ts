import { Agent } from 'node:http';
import { createBuckets } from './buckets.ts';
import type { TrafficEvent, TrafficTotals } from './events.ts';
import { keepPace } from './pace.ts';
import { sendRequest } from './request.ts';
import { createTally } from './totals.ts';

export type { FailedRequest, TrafficBucket, TrafficEvent, TrafficTotals } from './events.ts';

/** Settings of the generator. */
export type TrafficOptions = {
  /** What to GET; plain http. */
  readonly url: string;
  /** Requests a second, evenly spaced. */
  readonly rate: number;
  /**
   * Keep-alive connections to keep open. When all are busy more are opened, and closed when they fall idle. 0: each
   * request has a connection of its own.
   */
  readonly connections: number;
  /** The share of requests that ask for /slow, from 0 to 1, evenly spread (default 0). */
  readonly slowShare?: number;
  /** Length of a bucket (default 100 ms). */
  readonly bucketMs?: number;
  /** How long a request waits for its whole answer (default 30 000 ms). */
  readonly timeoutMs?: number;
  /** Gets each bucket when it is over, and each failed request. */
  record?(event: TrafficEvent): void;
  /** Ends the sending; `stop()` gives the totals then too. */
  readonly signal?: AbortSignal;
};

/** Traffic on its way. */
export type Traffic = {
  /** Sends no more, waits for the requests in flight (at most `timeoutMs`), and sums up. May be called again. */
  stop(): Promise<TrafficTotals>;
};

/** Starts an open loop: the rate stays what it is however slow the answers are. */
export function startTraffic(options: TrafficOptions): Traffic {
  const { rate, connections, slowShare = 0, bucketMs = 100, timeoutMs = 30_000 } = options;
  const url = new URL(options.url);
  const slowUrl = new URL('/slow', url);
  const record = (event: TrafficEvent): void => options.record?.(event);
  const stopping = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stopping.signal]) : stopping.signal;

  // First in, first out: every connection is used in turn, so that none is idle for long.
  const pool = new Agent({
    keepAlive: connections > 0,
    maxFreeSockets: connections,
    scheduling: 'fifo',
  });
  const buckets = createBuckets(Date.now(), bucketMs, record);
  const tick = setInterval(() => buckets.advance(Date.now()), bucketMs);
  const tally = createTally();
  const inFlight = new Set<Promise<void>>();

  async function send(index: number, due: number): Promise<void> {
    const slow = Math.floor((index + 1) * slowShare) > Math.floor(index * slowShare);
    const { ok, ...outcome } = await sendRequest(slow ? slowUrl : url, pool, timeoutMs);
    const at = Date.now();
    const ms = at - due;
    buckets.count(outcome.status, at);
    tally.count({ status: outcome.status, ok }, ms);
    if (!ok) record({ kind: 'failed-request', at, ms, ...outcome });
  }

  const sending = keepPace(rate, signal, (index, due) => {
    const request = send(index, due).finally(() => inFlight.delete(request));
    inFlight.add(request);
  });

  return {
    async stop() {
      stopping.abort();
      await sending;
      await Promise.all(inFlight);
      clearInterval(tick);
      buckets.end(Date.now());
      pool.destroy();
      return tally.totals();
    },
  };
}
