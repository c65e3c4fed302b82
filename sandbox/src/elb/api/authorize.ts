import { accessDenied, listenerNotFound, loadBalancerNotFound, targetGroupNotFound } from '../errors.ts';
import { arnKindOf, isWithin, type ArnKind } from '../model/arn.ts';
import type { Caller } from './caller.ts';
import type { QueryFields, QueryValue } from './query.ts';

const notFound = {
  'target group': targetGroupNotFound,
  'load balancer': loadBalancerNotFound,
  listener: listenerNotFound,
} as const satisfies Record<ArnKind, () => Error>;

/**
 * Keeps a caller to its own account and region. ELB's Describe calls have no resource-level permissions, so they are
 * allowed and find nothing; others are refused for the resource of another account (AWS: "Actions, resources, and
 * condition keys for AWS Elastic Load Balancing V2").
 *
 * @throws ElbError AccessDenied, or that there is no such resource.
 */
export function authorize(operation: string, call: QueryFields, caller: Caller): void {
  for (const arn of arnsIn(call)) {
    const kind = arnKindOf(arn);
    if (kind === undefined || isWithin(arn, caller)) continue;
    const isElsewhere = arn.split(':')[4] !== caller.account;
    if (isElsewhere && !operation.startsWith('Describe'))
      throw accessDenied(`elasticloadbalancing:${operation}`, arn);
    throw notFound[kind]();
  }
}

/** The values of all fields that are called ...Arn or ...Arns. */
function arnsIn(value: QueryValue, name = ''): string[] {
  if (typeof value === 'string') return /Arns?$/.test(name) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item: QueryValue) => arnsIn(item, name));
  return Object.entries(value).flatMap(([field, inner]) => arnsIn(inner, field));
}
