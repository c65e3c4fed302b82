import { isFinished, type Pod } from '../pod/pod.ts';
import { podConditions, type Condition } from './conditions.ts';
import { containerStatus, type ContainerStatus } from './container-status.ts';
import type { ContainerView } from './container-state.ts';

/** The part of a pod's status that a kubelet owns: the body of its patch. */
export interface PodStatus {
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  readonly conditions: readonly Condition[];
  readonly startTime: string;
  readonly hostIP: string;
  readonly hostIPs: readonly { readonly ip: string }[];
  readonly podIP?: string;
  readonly podIPs?: readonly { readonly ip: string }[];
  readonly containerStatuses: readonly ContainerStatus[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
}

/** What a pod's status is computed from. Times in epoch milliseconds. */
export interface PodFacts {
  /** The pod as of the last sync: its gates' conditions are read from it. */
  readonly pod: Pod;
  readonly containers: readonly ContainerView[];
  readonly sidecars: readonly ContainerView[];
  readonly hostAddress: string;
  /** Undefined until the pod has one. */
  readonly address: string | undefined;
  readonly startedAt: number;
  readonly now: number;
  /** The status before, whose transition times are kept where a condition has not changed. */
  readonly previous: PodStatus | undefined;
}

/** The status that a kubelet reports. The same facts give the same status, so an unchanged one need not be sent. */
export function podStatus(facts: PodFacts): PodStatus {
  const { pod, containers, sidecars, hostAddress, address, startedAt } = facts;
  const phase = phaseOf(pod, containers);
  const statusOf = (view: ContainerView): ContainerStatus => containerStatus(pod.uid, view);
  return {
    phase,
    conditions: podConditions(facts, phase),
    startTime: new Date(startedAt).toISOString(),
    hostIP: hostAddress,
    hostIPs: [{ ip: hostAddress }],
    ...(address !== undefined && { podIP: address, podIPs: [{ ip: address }] }),
    containerStatuses: containers.map(statusOf),
    ...(sidecars.length > 0 && { initContainerStatuses: sidecars.map(statusOf) }),
  };
}

/** A container that ended and is going to be restarted counts as waiting, so an ended one has ended for good. */
function phaseOf(pod: Pod, containers: readonly ContainerView[]): PodStatus['phase'] {
  const ends = containers.flatMap(({ state }) => (state.is === 'ended' ? [state.exit.code] : []));
  if (ends.length === containers.length) return ends.every((code) => code === 0) ? 'Succeeded' : 'Failed';
  const begun = containers.some(({ state, previous }) => state.is !== 'waiting' || previous !== undefined);
  // A pod never goes back to Pending, even where its node has started anew.
  return begun || pod.phase === 'Running' || isFinished(pod) ? 'Running' : 'Pending';
}
