import type { Forward } from '../data-plane/forwards.ts';
import type { TargetGroup } from './target-group.ts';
import type { Attributes } from './attributes.ts';
import type { Protocol } from './protocol.ts';

/** One load balancer. Only an application one has an idle timeout: a network one has it per listener. */
export type LoadBalancer = {
  readonly arn: string;
  readonly name: string;
  readonly scheme: 'internet-facing' | 'internal';
  readonly createdAt: Date;
  /** Its own address, which is its DNS name too. */
  readonly address: string;
  readonly tags: Map<string, string>;
  /** By ARN. */
  readonly listeners: Map<string, Listener>;
} & (
  | { readonly type: 'application'; readonly attributes: Attributes<'Load balancer'> }
  | { readonly type: 'network'; readonly attributes: Attributes<'Network load balancer'> }
);

/** One open port of a load balancer, forwarding to one target group or, by weight, to several. */
export type Listener = {
  readonly arn: string;
  readonly protocol: Protocol;
  readonly port: number;
  /** Replaced as a whole by ModifyListener. */
  forwards: readonly Forward<TargetGroup>[];
  readonly tags: Map<string, string>;
  /** Closes the port and its connections. */
  close(): Promise<void>;
};
