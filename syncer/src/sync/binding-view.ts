import { conditionOf, isTrue, type Binding } from '@targetgate/shared/model';
import type { Problem } from '@targetgate/shared/resolve';
import type { Plan, PlanInput, Trouble } from '../plan/index.ts';

/** A binding as the status page and the metrics show it. */
export interface BindingView {
  readonly binding: Binding;
  readonly targetGroupArn: string | undefined;
  /** How many of our targets were in each state when ELB was asked last. */
  readonly states: ReadonlyMap<string, number>;
  readonly problem: Problem | Trouble | undefined;
  /** Pods that wait for their gate, and why. */
  readonly waiting: readonly { readonly pod: string; readonly why: string }[];
  readonly held: Plan['held'];
}

/** What a round saw and planned, for people. */
export function viewOf(input: PlanInput, { held }: Plan, arn: string | undefined, gate: string): BindingView {
  const { binding, resolution, trouble, ledger, observation, pods } = input;
  const states = new Map<string, number>();
  for (const key of ledger?.keys() ?? []) {
    const state = observation?.targets.get(key)?.state ?? 'unknown';
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  const waiting = [...pods.values()]
    .filter((pod) => pod.gates.includes(gate) && !isTrue(pod, gate) && pod.deletesAt === undefined)
    .map((pod) => ({
      pod: pod.name,
      why: conditionOf(pod, gate)?.message ?? 'its containers are not ready',
    }));
  return { binding, targetGroupArn: arn, states, problem: resolution.problem ?? trouble, waiting, held };
}
