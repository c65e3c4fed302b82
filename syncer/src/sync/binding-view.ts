import {
  conditionOf,
  isTrue,
  stays,
  type Binding,
  type Pod,
  type TargetCounts,
} from '@targetgate/shared/model';
import type { Problem } from '@targetgate/shared/resolve';
import {
  foreignTargets,
  problemOf,
  type HeldRemoval,
  type Plan,
  type PlanInput,
  type Trouble,
} from '../plan/index.ts';
import { groupNameOf, needOf } from '../ends/need.ts';
import { outlastingOf, type Outlasting } from '../ends/outlast.ts';
import type { EndUnderWay } from '../ends/under-way.ts';
import { concernsOf, type Beside } from './concerns.ts';

/** A binding as its status, the status page and the metrics show it. */
export interface BindingView {
  readonly binding: Binding;
  readonly targetGroupArn: string | undefined;
  /** Undefined before the first look. */
  readonly counts: TargetCounts | undefined;
  /** How many of our targets were in each state when ELB was asked last. */
  readonly states: ReadonlyMap<string, number>;
  /** All targets of the group, whosever they are: what counts against its quota. Undefined before the first look. */
  readonly targetsInGroup: number | undefined;
  /** What keeps the targets from being in step. */
  readonly problem: Problem | Trouble | undefined;
  /** What needs a person's eye although the targets are in step, the most telling first. */
  readonly concerns: readonly Trouble[];
  /** Pods that wait for their gate, and why. */
  readonly waiting: readonly WaitingPod[];
  readonly held: readonly HeldRemoval[];
  /** Pods that should have a gate and have none. */
  readonly ungated: readonly string[];
  /** In shadow mode: what would be done now, in words such as `register 10.0.0.7:8080`. */
  readonly pending: readonly string[];
  /** Whether the ends of its pods outlast the drain of its group; undefined where its targets are no pods. */
  readonly outlasting: Outlasting | undefined;
  /** Pods that have, or had, a target and are about to end. */
  readonly ends: readonly EndUnderWay[];
}

/** A pod whose gate is closed. */
export interface WaitingPod {
  readonly pod: string;
  readonly why: string;
  /** Since when its containers are ready (epoch ms); undefined while they are not. */
  readonly since: number | undefined;
}

/** Before the first look nobody can say that the targets are in step; what keeps them from it may be known. */
export const isKnown = ({ counts, problem }: Pick<BindingView, 'counts' | 'problem'>): boolean =>
  counts !== undefined || problem !== undefined;

/** What a round saw and planned, for people. */
export function viewOf(input: PlanInput, { held }: Plan, beside: Beside): BindingView {
  const { binding, observation, trouble } = input;
  return {
    binding,
    targetGroupArn: beside.arn,
    counts: countsOf(input),
    states: statesOf(input),
    targetsInGroup: observation?.targets.size,
    problem: problemOf(input) ?? trouble,
    concerns: concernsOf(input, held, beside),
    waiting: waitingPods(input),
    held,
    ungated: beside.ungated,
    pending: beside.pending,
    outlasting: outlastingIn(input, beside),
    ends: beside.ends,
  };
}

function outlastingIn(
  { binding, settings, targetType, resolution }: PlanInput,
  { facts, names }: Beside,
): Outlasting | undefined {
  if (targetType === 'instance') return undefined;
  const drain = { binding, settings, facts, names };
  return outlastingOf(resolution, {
    groupName: groupNameOf(binding),
    names,
    needOf: (pod) => needOf(pod, drain),
  });
}

function countsOf(input: PlanInput): TargetCounts | undefined {
  const { resolution, ledger, observation } = input;
  if (observation === undefined) return undefined;
  const desired = (resolution.candidates ?? []).filter(
    ({ registration }) => registration === 'wanted',
  ).length;
  const states = [...(ledger?.keys() ?? [])].map((key) => observation.targets.get(key)?.state);
  const all = [...observation.targets.values()];
  return {
    desired,
    healthy: states.filter((state) => state === 'healthy').length,
    draining: all.filter(({ state }) => state === 'draining').length,
    foreign: foreignTargets(input).length,
  };
}

function statesOf({ ledger, observation }: PlanInput): ReadonlyMap<string, number> {
  const states = new Map<string, number>();
  for (const key of ledger?.keys() ?? []) {
    const state = observation?.targets.get(key)?.state ?? 'unknown';
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return states;
}

/** Of a gate that has said nothing yet. */
const whyAtFirst = (pod: Pod): string =>
  isTrue(pod, 'ContainersReady') ? 'its target is new' : 'its containers are not ready';

function waitingPods({ pods, gate }: PlanInput): WaitingPod[] {
  return [...pods.values()]
    .filter((pod) => pod.gates.includes(gate) && !isTrue(pod, gate))
    .filter(stays)
    .map((pod) => ({
      pod: pod.name,
      why: conditionOf(pod, gate)?.message ?? whyAtFirst(pod),
      since: isTrue(pod, 'ContainersReady') ? conditionOf(pod, 'ContainersReady')?.changedAt : undefined,
    }));
}
