/** What a client of the admission server may take: of time in milliseconds, of connections, and of bytes. */
export interface Limits {
  readonly bodyBytes: number;
  readonly requestMs: number;
  readonly handshakeMs: number;
  readonly keepAliveMs: number;
  readonly connections: number;
}

/** How often the server looks for requests that take too long; Node's own 30 s would double the time that they have. */
export const checkRequestsEveryMs = 1_000;

/** Those that hold for an API server. */
export const limits: Limits = {
  /**
   * The API server takes objects of up to 3 MiB, and a review of an update carries one twice; the rest of a review is
   * small. More than this is no review.
   */
  bodyBytes: 7 * 1024 * 1024,

  /** The API server waits for a webhook no longer than 30 s; a request that takes longer to arrive is none of its. */
  requestMs: 30_000,

  /** The API server's own limit (k8s.io/apimachinery, pkg/util/net SetTransportDefaults); Node's is 120 s. */
  handshakeMs: 10_000,

  /**
   * The API server keeps an idle connection for 90 s (k8s.io/apimachinery, pkg/util/net SetTransportDefaults), and does
   * not send a review again whose connection was closed under it (Go's net/http repeats no POST): it must be the one to
   * close.
   */
  keepAliveMs: 120_000,

  /** Three API servers with 200 changes under way each have 600. One that is idle takes 50 kB: all fit into the memory. */
  connections: 1_000,
};
