/** What ELB says of a target group, apart from its targets. It changes rarely. */
export interface TargetGroupFacts {
  readonly arn: string;
  readonly name: string;
  /** `ip` or `instance` where bindings can use it; ELB also has `lambda` and `alb`. */
  readonly targetType: string;
  /** HTTP, TCP_UDP and so on; a lambda group has none. */
  readonly protocol: string | undefined;
  readonly vpcId: string | undefined;
  readonly ipAddressType: 'ipv4' | 'ipv6';
  readonly healthCheckIntervalSeconds: number | undefined;
  readonly deregistrationDelaySeconds: number | undefined;
  /** The longest of the load balancers that send to it; undefined where none does, or none has such a timeout. */
  readonly idleTimeoutSeconds: number | undefined;
  /** Undefined where they were not read. */
  readonly tags: Readonly<Record<string, string>> | undefined;
}
