/** A type of load balancer as far as it matters here: how long it goes on sending, and how clients use it. */
export interface BalancerType {
  readonly name: 'alb' | 'nlb';
  /** In words, for the table. */
  readonly title: string;
  readonly protocol: 'HTTP' | 'TCP';
  /** New requests reach a deregistered target for a time drawn evenly from this pair, anew for each removal. */
  readonly routingLagSeconds: readonly [min: number, max: number];
  /** From DeregisterTargets to SIGTERM: what is tried. */
  readonly marginsSeconds: readonly number[];
  readonly deregistrationDelaySeconds: number;
  /** Keep-alive connections of the clients; 0 for a new one each time. */
  readonly connections: number;
}

export const balancerTypes: readonly BalancerType[] = [
  {
    name: 'alb',
    title: 'Application Load Balancer (new requests reach a deregistered target for 2 to 20 s)',
    protocol: 'HTTP',
    // LBC#1064: 5 s were too short, and 25 s enough.
    routingLagSeconds: [2, 20],
    marginsSeconds: [0, 2, 5, 10, 15, 20, 25],
    // Longer than any lag, so that the load balancer itself breaks nothing off.
    deregistrationDelaySeconds: 30,
    connections: 20,
  },
  {
    name: 'nlb',
    title: 'Network Load Balancer (new connections reach a deregistered target for 2 to 120 s)',
    protocol: 'TCP',
    // LBC#2366: new connections up to about 120 s, whatever the delay.
    routingLagSeconds: [2, 120],
    marginsSeconds: [0, 30, 60, 90, 120, 125],
    deregistrationDelaySeconds: 0,
    // One that is kept stays with its target until that ends, so no margin is long enough for it: it is for the
    // application to close it. New ones are what a margin is for.
    connections: 0,
  },
];

/** What is the same for every margin. */
export const settings = {
  requestsPerSecond: 20,
  replicas: 8,
  /** Pods that are deleted at once, the oldest first, each time that all replicas serve. */
  podsPerWave: 4,
  waves: 5,
  waveSeconds: 8,
  healthCheckSeconds: 2,
  registrationSeconds: 1,
} as const;

/** All margins side by side take three and a half minutes on two quiet cores; past this something hangs. */
export const limitSeconds = 420;
