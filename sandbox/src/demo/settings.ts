/**
 * The rolling update of the demo. Replicas, surge and the 15 s of preStop are what a careful team has; the target
 * group checks every 2 s, faster than AWS allows, which is in favour of the rollout without gates.
 */
export const settings = {
  replicas: 10,
  requestsPerSecond: 200,
  connections: 20,
  preStopSeconds: 15,
  terminationGraceSeconds: 30,
  /** Longer than the load balancer's idle timeout of 60 s: it must be the one that ends idle connections. */
  keepAliveSeconds: 75,
  healthCheckSeconds: 2,
  deregistrationDelaySeconds: 10,
  /**
   * Until then the load balancer's nodes do not know a target. An ALB takes some seconds, an NLB 180-300 (LBC#1834);
   * new pods are ready within one.
   */
  registrationSeconds: 5,
  routingLagSeconds: 2,
  /** Traffic before the update, and after its end. */
  leadSeconds: 2,
  tailSeconds: 1,
} as const;

/** A whole demo takes 2 minutes at most on two quiet cores; past this something hangs. */
export const limitSeconds = 300;
