import type { Pod } from '../pod/pod.ts';
import { isReady } from './container-state.ts';
import type { PodFacts, PodStatus } from './pod-status.ts';

/**
 * A condition of a pod's status, as a kubelet patches it: null removes what the condition said before, which a
 * strategic merge would keep.
 */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string | null;
  readonly message: string | null;
  readonly lastTransitionTime: string;
}

type Verdict = Omit<Condition, 'type' | 'lastTransitionTime'>;

const yes: Verdict = { status: 'True', reason: null, message: null };
const no = (reason: string, message: string | null = null): Verdict => ({ status: 'False', reason, message });

/** The conditions that a kubelet owns. Those of others are not among them, so a merging patch leaves them alone. */
export function podConditions(facts: PodFacts, phase: PodStatus['phase']): Condition[] {
  const { pod, previous, now } = facts;
  const containers = containersReady(facts, phase);
  const conditions: [string, Verdict][] = [
    ['PodScheduled', yes],
    ['Initialized', yes],
    ['ContainersReady', containers],
    ['Ready', containers.status === 'True' ? gatesOpen(pod) : containers],
  ];
  return conditions.map(([type, verdict]) => {
    const before = previous?.conditions.find((condition) => condition.type === type);
    const since = before?.status === verdict.status ? before.lastTransitionTime : new Date(now).toISOString();
    return { type, ...verdict, lastTransitionTime: since };
  });
}

function containersReady({ containers, sidecars }: PodFacts, phase: PodStatus['phase']): Verdict {
  if (phase === 'Succeeded') return no('PodCompleted');
  if (phase === 'Failed') return no('PodFailed');
  const unready = [...sidecars, ...containers].filter((view) => !isReady(view)).map(({ name }) => name);
  if (unready.length === 0) return yes;
  return no('ContainersNotReady', `containers with unready status: [${unready.join(' ')}]`);
}

/** Whether each of a pod's readiness gates is open: a condition that is missing counts as False (KEP-580). */
export function gatesOpen(pod: Pod): Verdict {
  const closed = pod.readinessGates.filter((gate) => pod.conditions.get(gate) !== 'True');
  if (closed.length === 0) return yes;
  const message = closed.map((gate) => closedGate(gate, pod.conditions.get(gate))).join(', ');
  return no('ReadinessGatesNotReady', message);
}

const closedGate = (gate: string, status: string | undefined): string =>
  status === undefined
    ? `corresponding condition of pod readiness gate "${gate}" does not exist.`
    : `the status of pod readiness gate "${gate}" is not "True", but ${status}`;
