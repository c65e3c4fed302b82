import type { TargetGroup } from './target-group.ts';
import type { Attributes } from './attributes.ts';

/** One application load balancer. */
export type LoadBalancer = {
  readonly arn: string;
  readonly name: string;
  readonly scheme: 'internet-facing' | 'internal';
  readonly createdAt: Date;
  /** Its own loopback address, which is its DNS name too. */
  readonly address: string;
  readonly attributes: Attributes<'Load balancer'>;
  readonly tags: Map<string, string>;
  /** By ARN. */
  readonly listeners: Map<string, Listener>;
};

/** One open port of a load balancer, forwarding to one target group. */
export type Listener = {
  readonly arn: string;
  readonly port: number;
  readonly group: TargetGroup;
  readonly tags: Map<string, string>;
  /** Closes the port and its connections. */
  close(): Promise<void>;
};
