import { z } from 'zod';
import type { TargetGroup } from './target-group.ts';

const ms = z.number().nonnegative();

/**
 * Routing lags by the ARN of the target group, as `PUT /_sandbox/routing-lags` takes them: in milliseconds, fixed or
 * drawn evenly from a pair. No attribute of ELB tells how long it goes on sending, so none sets it here.
 */
export const routingLagsSchema = z.record(z.string(), z.union([ms, z.tuple([ms, ms])]));
export type RoutingLags = z.infer<typeof routingLagsSchema>;

/** The lags of all groups. */
export const routingLagsOf = (
  groups: ReadonlyMap<string, TargetGroup>,
): Record<string, TargetGroup['routingLagMs']> =>
  Object.fromEntries([...groups].map(([arn, { routingLagMs }]) => [arn, routingLagMs]));

/** Sets the lags of removals from now on; groups that are not named keep theirs. Returns the ARNs that nobody knows. */
export function setRoutingLags(groups: ReadonlyMap<string, TargetGroup>, lags: RoutingLags): string[] {
  return Object.entries(lags).flatMap(([arn, lag]) => {
    const group = groups.get(arn);
    if (group) group.routingLagMs = lag;
    return group ? [] : [arn];
  });
}
