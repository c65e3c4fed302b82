import { projectBinding, projectService } from '@targetgate/shared/model';
import type { RawObject } from '@targetgate/shared/kube';
import { selects } from '@targetgate/shared/resolve';
import type { TargetKey } from '../../ledger/ledger.ts';
import type { GateCondition } from '../../plan/index.ts';
import { isOpen, type ModelBinding, type ModelPod } from './objects.ts';
import { knownBinding, type Records, type Witness } from './records.ts';

/** Why a gate may not be written as it is about to be; undefined where it may. */
export function createGateRules(witness: Witness, records: Records) {
  const { cluster, now } = witness;

  function mayNotBe(by: string, podUid: string, { status, reason }: GateCondition): string | undefined {
    const pod = cluster.podOf(podUid);
    // The API server refuses what is written to a pod that is gone.
    if (pod === undefined) return undefined;
    const binding = knownBinding(by, witness);
    if (status === 'True') return isOpen(pod, by) ? undefined : opening(pod, by, binding, reason);
    // What was left open for want of a binding is not the new binding's doing.
    if (pod.conditions[by]?.reason.startsWith('Binding')) return undefined;
    const isKnownOpen = isOpen(pod, by) && isOpen(witness.told().podOf(podUid) ?? pod, by);
    return isKnownOpen && binding ? closing(pod, binding, reason) : undefined;
  }

  const targetOf = (binding: ModelBinding, uid: string): TargetKey | undefined =>
    witness
      .told()
      .membersOf(binding)
      .find((member) => member.uid === uid)?.target;

  function opening(
    pod: ModelPod,
    by: string,
    binding: ModelBinding | undefined,
    reason: string,
  ): string | undefined {
    const key = binding && targetOf(binding, pod.uid);
    switch (reason) {
      case 'Healthy':
        return key !== undefined && records.wasHealthy(by, key, pod.uid) && !records.inDoubt.has(key)
          ? undefined
          : 'its registration was not seen healthy';
      case 'BindingNotFound':
        return lastReadOf(by) === 'missing' ? undefined : 'its binding was not missing';
      case 'BindingDeleted':
        return lastReadOf(by) === 'there' ? 'its binding stays' : undefined;
      case 'NotSelected':
        return isUnselected(pod, binding) ? undefined : 'the API server did not say so';
      case 'NotNeeded':
        return witness.group.type === 'instance' ? undefined : 'its target is a pod';
      case 'Target.NotInUse':
      case 'Target.HealthCheckDisabled':
        return unchecked(by, key, reason);
      default:
        return reason.startsWith('FailOpen') ? failOpen(pod, by, key) : 'no such reason is known';
    }
  }

  /** What a direct read of a binding has found last. */
  function lastReadOf(binding: string): 'missing' | 'ending' | 'there' {
    const path = [...records.reads.keys()].find((read) => read.endsWith(`/targetgroupbindings/${binding}`));
    if (path === undefined) return 'there';
    const found = records.reads.get(path) as RawObject | undefined;
    if (found === undefined) return 'missing';
    return projectBinding(found).deletedAt === undefined ? 'there' : 'ending';
  }

  function isUnselected(pod: ModelPod, binding: ModelBinding | undefined): boolean {
    // The pod may have been given another label since, and the binding may be gone.
    const apps = [pod.app, ...pod.formerApps];
    return [...records.reads]
      .filter(([path]) => path.endsWith(`/services/${binding?.service ?? ''}`) || binding === undefined)
      .some(([, found]) => {
        const service = found === undefined ? undefined : projectService(found as RawObject);
        return service === undefined || apps.some((app) => !selects(service, { app }));
      });
  }

  function unchecked(by: string, key: TargetKey | undefined, reason: string): string | undefined {
    if (reason === 'Target.NotInUse' && !witness.opensNotInUse) return 'the binding wants it to wait';
    const said = key === undefined ? undefined : records.lastSeen(by, key)?.health.reason;
    return said === reason ? undefined : 'ELB has not said so of its registration';
  }

  function failOpen(pod: ModelPod, by: string, key: TargetKey | undefined): string | undefined {
    const seen =
      key !== undefined && records.isRegistered(key, pod.uid) ? records.lastSeen(by, key) : undefined;
    if (seen?.health.state === 'unhealthy') return 'ELB has said that it is unhealthy';
    // Where the answer to its registration was lost, whatever was seen may be of an earlier one.
    const isKnown = key !== undefined && witness.ledgerOf(by).get(key)?.registeredAt !== undefined;
    const answeredAt = isKnown ? (seen?.askedAt ?? 0) : 0;
    const since = Math.max((witness.told().podOf(pod.uid) ?? pod).readySince, answeredAt);
    if (now() - since < witness.failOpenAfterMs) return `AWS has been silent for ${now() - since} ms only`;
    return records.hasFailingCalls(by) ? undefined : 'AWS has answered';
  }

  function closing(pod: ModelPod, binding: ModelBinding, reason: string): string | undefined {
    if (witness.latches) return 'its policy is latch';
    const members = witness.told().membersOf(binding);
    const member = members.find(({ uid }) => uid === pod.uid);
    if (member === undefined) return 'its pod is not selected';
    if (!member.wanted) return undefined;
    const seen = records.lastSeen(binding.name, member.target);
    if (seen?.health.state !== 'unhealthy') return `its pod is ready (${reason})`;
    const left = members.filter(({ uid, wanted }) => {
      const other = cluster.podOf(uid);
      const isBarred = other?.gatedBy.includes(binding.name) && !isOpen(other, binding.name);
      return uid !== pod.uid && wanted && !isBarred;
    });
    return left.length < members.length / 2
      ? `only ${left.length} of ${members.length} would be ready`
      : undefined;
  }

  return mayNotBe;
}
