import { conditionOf, isTrue, type Pod } from '@targetgate/shared/model';
import type { Snapshot } from '@targetgate/shared/snapshot';
import type { LedgerEntry } from '../ledger/ledger.ts';
import { healthOf } from '../plan/health.ts';
import type { PlanInput } from '../plan/index.ts';
import type { Followed, Hindrance, Sight } from './followed.ts';
import { inOurTime } from './skew.ts';

/** What a round sees of the cluster and of ELB. */
export interface RoundSight {
  readonly input: Pick<PlanInput, 'binding' | 'gate' | 'resolution' | 'observation' | 'ended' | 'now'>;
  readonly snapshot: Pick<Snapshot, 'pod' | 'node' | 'hasNodes'>;
  /** When ELB has answered that it drains a pod's target (epoch ms), by the pod's uid. */
  readonly deregisteredAt: (uid: string) => number | undefined;
  readonly hindrance: Hindrance;
  /** By how much this program's clock is ahead of the API server's, in milliseconds. */
  readonly skewMs: number;
}

/** What a round sees of one pod, and of its entry in the ledger. */
export function sightOf(
  { subject, pod: before }: Followed,
  entry: LedgerEntry | undefined,
  { input, snapshot, deregisteredAt, hindrance, skewMs }: RoundSight,
): Sight {
  const found = snapshot.pod(input.binding.namespace, subject.name);
  const pod = found?.uid === subject.uid ? inOurTime(found, skewMs) : undefined;
  const wasEnding = before?.deletesAt !== undefined || before?.finished === true;
  const known = pod ?? before;
  return {
    pod,
    isGone: pod === undefined && (wasEnding || input.ended.has(subject.uid)),
    entry,
    isInService: known !== undefined && isInService(known, entry, input),
    isNodeLost: known !== undefined && isNodeLost(known, snapshot),
    deregisteredAt: deregisteredAt(subject.uid),
    ...hindrance,
    now: input.now,
  };
}

/**
 * Whether the load balancer may be sending to a pod.
 *
 * | ELB said of its registration | its gate | in service                                       |
 * | ---------------------------- | -------- | ------------------------------------------------ |
 * | healthy                      |          | yes                                              |
 * | unused                       |          | no: no load balancer uses the group              |
 * | anything else, or nothing    | open     | yes, whoever opened it                           |
 * | nothing                      | none     | where the pod is Ready, until ELB is asked first |
 * | otherwise                    |          | no                                               |
 */
function isInService(
  pod: Pod,
  entry: LedgerEntry | undefined,
  { gate, observation }: RoundSight['input'],
): boolean {
  const known = entry && healthOf(entry, observation);
  const state = known?.known === 'health' ? known.health.state : undefined;
  if (state === 'healthy' || state === 'unused') return state === 'healthy';
  if (pod.gates.includes(gate)) return isTrue(pod, gate);
  return observation === undefined && isTrue(pod, 'Ready');
}

/**
 * Whether nobody is left to end a pod in order: its node exists no more (a view without any node has not been told of
 * nodes), or Kubernetes deletes the pod for that. A taint that evicts pods of a living node is no loss.
 */
function isNodeLost(pod: Pod, { node, hasNodes }: RoundSight['snapshot']): boolean {
  const found = pod.nodeName === '' ? undefined : node(pod.nodeName);
  if (pod.nodeName !== '' && found === undefined && hasNodes()) return true;
  const disruption = conditionOf(pod, 'DisruptionTarget');
  if (disruption?.status !== 'True') return false;
  if (disruption.reason === 'DeletionByPodGC') return true;
  return disruption.reason === 'DeletionByTaintManager' && found?.ready === false;
}
