/**
 * The rolling update of the demo. The target group checks every 2 s, faster than AWS allows, which is in favour of the
 * rollout without labels. The app is what most are: nobody has given it a preStop hook, and it ends at once on SIGTERM.
 */
export const settings = {
  replicas: 10,
  requestsPerSecond: 200,
  /** This share of the requests takes so long, as reports and uploads do. */
  slowShare: 0.05,
  slowSeconds: 2,
  connections: 20,
  /** Longer than the load balancer's idle timeout of 60 s: it must be the one that ends idle connections. */
  keepAliveSeconds: 75,
  healthCheckSeconds: 2,
  deregistrationDelaySeconds: 10,
  /**
   * Until then the load balancer's nodes do not know a target. An ALB takes some seconds, an NLB 180-300 (LBC#1834);
   * new pods are ready within one.
   */
  registrationSeconds: 5,
  /** For so long new requests still reach a deregistered target; drawn evenly for each. */
  routingLagSeconds: [2, 5],
  /** Traffic before the update, and after its end. */
  leadSeconds: 2,
  tailSeconds: 1,
} as const;

/** A whole demo takes 2 minutes at most on two quiet cores; past this something hangs. */
export const limitSeconds = 300;
