/** For how long after DeregisterTargets the load balancer may still send new requests or connections to the target. */
export interface RoutingMargin {
  readonly seconds: number;
  /** False where nothing is known but that it is no shorter: the kind of load balancer is not known yet. */
  readonly isKnown: boolean;
}

/** An Application Load Balancer: pods that slept 5 s were still sent requests, those that slept 25 s were not (LBC#1064). */
const albSeconds = 20;

/** A Network Load Balancer: new connections for up to about 120 s, whatever the deregistration delay is (LBC#2366). */
const nlbSeconds = 120;

/**
 * The routing margin of a target group.
 *
 * | the binding says | protocol         | margin                      |
 * | ---------------- | ---------------- | --------------------------- |
 * | how long         |                  | that                        |
 * | nothing          | HTTP, HTTPS      | an ALB's: 20 s              |
 * | nothing          | any other        | an NLB's: 120 s             |
 * | nothing          | is not known yet | no shorter than an ALB's    |
 */
export function routingMarginOf(said: number | undefined, protocol: string | undefined): RoutingMargin {
  if (said !== undefined) return { seconds: said, isKnown: true };
  if (protocol === undefined) return { seconds: albSeconds, isKnown: false };
  return { seconds: protocol === 'HTTP' || protocol === 'HTTPS' ? albSeconds : nlbSeconds, isKnown: true };
}
