/**
 * How a request ended: an HTTP status as text, or why there was no whole answer. `refused`: no connection;
 * `reset`: the connection broke before an answer had begun; `incomplete`: it broke during the answer; `timeout`.
 */
export type Status = string;

/** What came back within one span of time. */
export type TrafficBucket = {
  readonly kind: 'traffic';
  /** The bucket's begin, in epoch milliseconds. */
  readonly at: number;
  /** Its length. */
  readonly ms: number;
  /** Requests that ended in it, by status. */
  readonly counts: Readonly<Record<Status, number>>;
};

/** One request that failed: a status of 500 or more, or no whole answer. */
export type FailedRequest = {
  readonly kind: 'failed-request';
  /** When it failed, in epoch milliseconds. */
  readonly at: number;
  readonly status: Status;
  /** The target that the load balancer had chosen (`x-sandbox-target`). */
  readonly target?: string;
  /** Why the load balancer itself answered (`x-sandbox-failure`). */
  readonly failure?: string;
  /** From the time that it was due to its end. */
  readonly ms: number;
};

/** What the generator reports while it runs. */
export type TrafficEvent = TrafficBucket | FailedRequest;

/** The sums of a run. Latencies in milliseconds, from when a request was due to its end; 0 without requests. */
export type TrafficTotals = {
  readonly requests: number;
  readonly failed: number;
  readonly byStatus: Readonly<Record<Status, number>>;
  readonly p50: number;
  readonly p99: number;
};
