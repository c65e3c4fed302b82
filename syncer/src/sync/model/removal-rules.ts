import type { TargetKey } from '../../ledger/ledger.ts';
import type { Member } from './cluster.ts';
import { isOpen, nodePort, type ModelBinding } from './objects.ts';
import { knownBinding, type Records, type Witness } from './records.ts';
import { isForeign } from './target-group.ts';

/** Why a target may not be deregistered by a binding, together with others; undefined where it may. */
export function createRemovalRules(witness: Witness, records: Records) {
  const { cluster, group, ledgerOf, now } = witness;

  function mustStay(by: string, key: TargetKey, removed: readonly TargetKey[]): string | undefined {
    const told = witness.told();
    const binding = knownBinding(by, witness);
    if (isForeign(key)) return foreignMustStay(binding);
    const uid = records.uidOf(key);
    if (uid === undefined) return strayMustStay(binding, key);
    if (!cluster.stays(uid)) return undefined;

    const other = told.stayingBindings().find((sibling) => sibling.name !== by && goesOn(sibling, key, uid));
    if (other !== undefined) return `binding ${other.name} goes on with it`;
    if (binding === undefined || binding.deletedAt !== undefined || isAllowed(binding)) return undefined;
    const pod = told.podOf(uid);
    if (pod !== undefined && !key.startsWith(`${pod.ip}:`)) return undefined;
    if (!told.services.has(binding.service)) return 'its pod stays, and the service is missing';

    const members = told.membersOf(binding);
    const member = members.find((one) => one.uid === uid);
    if (member?.target === key) {
      return member.wanted ? 'its pod is live, selected and ready' : floorNeeds(binding, members, removed);
    }
    const node = told.nodeOf(uid);
    if (pod === undefined && node === undefined) return 'nobody has said that its pod or node has ended';
    if (node?.leaving && !node.excluded) return floorNeeds(binding, members, removed);
    return replacementsAreMissing(binding, members, removed);
  }

  function foreignMustStay(binding: ModelBinding | undefined): string | undefined {
    if (!witness.removesForeign) return 'it is foreign';
    const members = binding ? witness.told().membersOf(binding) : [];
    const allServe = members.length > 0 && members.every(serves(binding?.name ?? ''));
    return allServe ? undefined : 'it is foreign, and not all of our own were seen healthy';
  }

  /** A target that no call of a syncer has registered, at an address of ours. */
  function strayMustStay(binding: ModelBinding | undefined, key: TargetKey): string | undefined {
    if (binding === undefined || !group.isStanding(key)) return undefined;
    const told = witness.told();
    const member = told.membersOf(binding).find(({ target, wanted }) => wanted && target === key);
    const pod = member && told.podOf(member.uid);
    const isServing = pod && (!pod.gatedBy.includes(binding.name) || isOpen(pod, binding.name));
    return isServing ? 'its pod serves' : undefined;
  }

  /** Another binding has the healthy target in its ledger for the same pod or node, and wants it. */
  function goesOn(sibling: ModelBinding, key: TargetKey, uid: string): boolean {
    if (group.targets.get(key)?.state !== 'healthy') return false;
    if (ledgerOf(sibling.name).get(key)?.subject.uid !== uid) return false;
    const members = witness.told().membersOf(sibling);
    return members.some((member) => member.uid === uid && member.target === key && member.wanted);
  }

  const isAllowed = ({ annotations }: ModelBinding): boolean =>
    Date.parse(annotations['elbv2.k8s.aws/allow-removals-until'] ?? '') > now();

  const serves =
    (binding: string) =>
    ({ target, uid }: Member): boolean =>
      records.wasHealthy(binding, target, uid);

  function floorNeeds(
    binding: ModelBinding,
    members: readonly Member[],
    removed: readonly TargetKey[],
  ): string | undefined {
    const leaving = witness
      .told()
      .leavingNodes()
      .map(({ uid, instance }) => ({ uid, target: `${instance}:${nodePort}` }))
      .filter(({ uid, target }) => records.isRegistered(target, uid));
    const running = [...members, ...leaving];
    const left = running.filter(
      ({ target, uid }) => records.isRegistered(target, uid) && !removed.includes(target),
    );
    if (left.length < running.length / 2) return `only ${left.length} of ${running.length} would be left`;
    return lastHealthyIn(binding, removed);
  }

  function lastHealthyIn({ name }: ModelBinding, removed: readonly TargetKey[]): string | undefined {
    const healthy = [...ledgerOf(name).keys()].filter(
      (key) =>
        records.lastSeen(name, key)?.health.state === 'healthy' &&
        !records.inDoubt.has(key) &&
        witness.told().stays(records.uidOf(key) ?? ''),
    );
    const isLost = healthy.some((key) => removed.includes(key));
    return isLost && healthy.every((key) => removed.includes(key)) ? 'it is the last healthy one' : undefined;
  }

  function replacementsAreMissing(
    binding: ModelBinding,
    members: readonly Member[],
    removed: readonly TargetKey[],
  ): string | undefined {
    const serving = members.filter(serves(binding.name)).length;
    const replaced = [...ledgerOf(binding.name)].filter(
      ([key, { subject }]) =>
        records.isRegistered(key, subject.uid) &&
        cluster.stays(subject.uid) &&
        !members.some(({ uid, target }) => uid === subject.uid && target === key),
    );
    const isReplaced = serving === members.length && serving >= Math.max(1, replaced.length / 2);
    if (isReplaced) return undefined;
    if (!records.isAtQuota(binding.name)) {
      return `${serving} of ${members.length} replacements of ${replaced.length} were seen healthy`;
    }
    const left = replaced.filter(([key]) => !removed.includes(key)).length;
    const most = Math.max(members.length, replaced.length);
    const standing = members.filter(
      ({ target, uid, wanted }) => wanted && records.isRegistered(target, uid) && group.isStanding(target),
    );
    const isOne = left === replaced.length - 1 && serving >= standing.length;
    return left + serving < most / 2 && !isOne
      ? `at quota, only ${left + serving} of ${most} would be left`
      : lastHealthyIn(binding, removed);
  }

  return mustStay;
}
