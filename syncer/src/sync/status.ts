import type { Binding, BindingCondition, BindingStatus, TargetGroupFacts } from '@targetgate/shared/model';
import type { BindingView } from './binding-view.ts';

/** What is known of the group besides its targets; `arn` undefined until it was found. */
export interface KnownGroup {
  readonly arn: string | undefined;
  readonly facts: TargetGroupFacts | undefined;
}

type Summary = BindingStatus['targetGroup'];

interface Said {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

/**
 * What a binding's status should say.
 *
 * | condition                | True                                                | False                                   |
 * | ------------------------ | --------------------------------------------------- | --------------------------------------- |
 * | Ready                    | the target group follows the service                | what keeps it from that                 |
 * | Degraded                 | it does, but something needs a person's eye (which) | nothing does                            |
 * | TerminationsOutlastDrain | pods get SIGTERM when nothing is sent to them       | which do not (ends/outlast.ts)          |
 * | SecurityGroups           | (never: targetgate manages none)                    | the binding asks for rules (networking) |
 */
export function statusOf(
  view: BindingView,
  group: KnownGroup,
  previous: BindingStatus,
  now: number,
): BindingStatus {
  const { binding, counts } = view;
  const said = [ready(view), degraded(view), ...terminations(view), ...securityGroups(binding)];
  return {
    observedGeneration: binding.generation,
    conditions: said.map((one) => conditionOf(one, binding, previous, now)),
    // Before the first look nothing is known; what was known last is better than zeros.
    targets: counts ?? previous.targets,
    targetGroup: summaryOf(group, previous.targetGroup),
  };
}

function ready({ binding, problem }: BindingView): Said {
  if (problem) return { type: 'Ready', status: 'False', reason: problem.reason, message: problem.message };
  const message = `the target group follows service ${binding.serviceName}`;
  return { type: 'Ready', status: 'True', reason: 'InStep', message };
}

/** The most telling of what needs a person's eye. */
function degraded({ concerns }: BindingView): Said {
  const [first] = concerns;
  if (first === undefined) {
    return { type: 'Degraded', status: 'False', reason: 'Fine', message: 'nothing needs attention' };
  }
  const message = concerns.map((concern) => concern.message).join('; ');
  return { type: 'Degraded', status: 'True', reason: first.reason, message };
}

/** Bindings whose targets are no pods have nothing to say of their ends. */
const terminations = ({ outlasting }: BindingView): Said[] =>
  outlasting ? [{ type: 'TerminationsOutlastDrain', ...outlasting }] : [];

function securityGroups({ hasNetworking }: Binding): Said[] {
  if (!hasNetworking) return [];
  const message =
    'spec.networking is not acted on: targetgate manages no security groups; let the load balancer reach the targets by rules of your own';
  return [{ type: 'SecurityGroups', status: 'False', reason: 'NotManaged', message }];
}

/** The time of a condition moves only with its status. */
function conditionOf(said: Said, binding: Binding, previous: BindingStatus, now: number): BindingCondition {
  const before = previous.conditions.find(({ type }) => type === said.type);
  const stays = before?.status === said.status && before.lastTransitionTime !== undefined;
  return {
    ...said,
    observedGeneration: binding.generation,
    lastTransitionTime: stays ? before.lastTransitionTime : new Date(now).toISOString(),
  };
}

/** Until ELB has said what the group is like, what was known of it last stands. */
function summaryOf({ arn, facts }: KnownGroup, previous: Summary): Summary {
  if (arn === undefined) return undefined;
  if (facts === undefined) return previous?.arn === arn ? previous : { arn };
  const { targetType, protocol, healthCheckIntervalSeconds, deregistrationDelaySeconds, idleTimeoutSeconds } =
    facts;
  return {
    arn,
    targetType,
    ...(protocol !== undefined && { protocol }),
    ...(healthCheckIntervalSeconds !== undefined && { healthCheckIntervalSeconds }),
    ...(deregistrationDelaySeconds !== undefined && { deregistrationDelaySeconds }),
    ...(idleTimeoutSeconds !== undefined && { idleTimeoutSeconds }),
  };
}

/** The condition of a type; undefined where the status has none. */
export const conditionOfStatus = (status: BindingStatus, type: string): BindingCondition | undefined =>
  status.conditions.find((condition) => condition.type === type);
