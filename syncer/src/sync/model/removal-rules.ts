import type { TargetKey } from '../../ledger/ledger.ts';
import type { Member } from './cluster.ts';
import { isOpen, nodePort, type ModelBinding } from './objects.ts';
import { knownBinding, type Records, type Witness } from './records.ts';
import { isForeign } from './target-group.ts';

/** A target that leaves, with which others, and whom its binding selects. */
interface Removal {
  readonly key: TargetKey;
  readonly removed: readonly TargetKey[];
  readonly members: readonly Member[];
}

/** Why a target may not be deregistered by a binding, together with others; undefined where it may. */
export function createRemovalRules(witness: Witness, records: Records) {
  const { cluster, group, ledgerOf, now } = witness;

  function mustStay(by: string, key: TargetKey, removed: readonly TargetKey[]): string | undefined {
    const told = witness.told();
    const binding = knownBinding(by, witness);
    if (isForeign(key)) return foreignMustStay(binding);
    const uid = records.uidOf(key) ?? triedFor(by, key);
    if (uid === undefined) return strayMustStay(binding, key);
    if (!cluster.stays(uid) || !group.isStanding(key)) return undefined;

    // A lost call may end it whatever is done now, and the other one registers it anew: neither waits for the other.
    const ours = ledgerOf(by).get(key);
    const isInDoubt = ours !== undefined && ours.registeredAt === undefined;
    const others = isInDoubt ? [] : told.stayingBindings().filter(({ name }) => name !== by);
    const other = others.find((sibling) => goesOn(sibling, key, uid));
    if (other !== undefined) return `binding ${other.name} goes on with it`;
    if (binding === undefined || binding.deletedAt !== undefined || isAllowed(binding)) return undefined;
    const pod = told.podOf(uid);
    if (pod !== undefined && !key.startsWith(`${pod.ip}:`)) return undefined;
    if (!told.services.has(binding.service)) return 'its pod stays, and the service is missing';

    const members = told.membersOf(binding);
    const member = members.find((one) => one.uid === uid);
    if (member?.target === key) {
      return member.wanted
        ? 'its pod is live, selected and ready'
        : floorNeeds(binding, { key, removed, members });
    }
    const node = told.nodeOf(uid);
    if (pod === undefined && node === undefined) return 'nobody has said that its pod or node has ended';
    if (node?.leaving && !node.excluded) return floorNeeds(binding, { key, removed, members });
    return replacementsAreMissing(binding, { key, removed, members });
  }

  /** What somebody else has registered since at an address of ours, the ledger still calls ours. */
  function triedFor(by: string, key: TargetKey): string | undefined {
    const uid = ledgerOf(by).get(key)?.subject.uid;
    return uid !== undefined && records.wasTried(key, uid) ? uid : undefined;
  }

  function foreignMustStay(binding: ModelBinding | undefined): string | undefined {
    if (!witness.removesForeign) return 'it is foreign';
    const members = binding ? witness.told().membersOf(binding) : [];
    const allServe = members.length > 0 && members.every(serves(binding?.name ?? ''));
    return allServe ? undefined : 'it is foreign, and not all of our own were seen healthy';
  }

  /** A target that no call of a syncer has registered, at an address of a pod or node that is or was there. */
  function strayMustStay(binding: ModelBinding | undefined, key: TargetKey): string | undefined {
    if (binding === undefined || !group.isStanding(key)) return undefined;
    const told = witness.told();
    const member = told.membersOf(binding).find(({ target, wanted }) => wanted && target === key);
    const pod = member && told.podOf(member.uid);
    // A gate that a binding left open in its end may open after the next one of that name has closed it, and unseen.
    if (pod?.conditions[binding.name]?.reason.startsWith('Binding')) return undefined;
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

  function floorNeeds(binding: ModelBinding, removal: Removal): string | undefined {
    const { members, removed } = removal;
    const leaving = witness
      .told()
      .leavingNodes()
      .map(({ uid, instance }) => ({ uid, target: `${instance}:${nodePort}` }))
      .filter(({ uid, target }) => records.isRegistered(target, uid));
    const running = [...members, ...leaving];
    const left = running.filter(({ target, uid }) => hasTarget(target, uid) && !removed.includes(target));
    if (left.length < running.length / 2) return `only ${left.length} of ${running.length} would be left`;
    return lastHealthyIn(binding, removal);
  }

  /** Through a target that somebody else has registered, requests reach whoever has the address as well. */
  const hasTarget = (target: TargetKey, uid: string): boolean =>
    records.mayBeOf(target, uid) || (records.uidOf(target) === undefined && group.isStanding(target));

  function lastHealthyIn({ name }: ModelBinding, { key: own, removed }: Removal): string | undefined {
    const healthy = [...ledgerOf(name).keys()].filter(
      (key) =>
        records.lastSeen(name, key)?.health.state === 'healthy' &&
        !records.inDoubt.has(key) &&
        witness.told().stays(records.uidOf(key) ?? ''),
    );
    const isLast = healthy.includes(own) && healthy.every((key) => removed.includes(key));
    return isLast ? 'it is the last healthy one' : undefined;
  }

  function replacementsAreMissing(binding: ModelBinding, removal: Removal): string | undefined {
    const { members, removed } = removal;
    const serving = members.filter(serves(binding.name)).length;
    // Leaving nodes have a floor of their own.
    const leaving = new Set(
      witness
        .told()
        .leavingNodes()
        .map(({ uid }) => uid),
    );
    const replaced = [...ledgerOf(binding.name)].filter(
      ([key, { subject }]) =>
        records.isRegistered(key, subject.uid) &&
        witness.told().stays(subject.uid) &&
        !leaving.has(subject.uid) &&
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
      : lastHealthyIn(binding, removal);
  }

  return mustStay;
}
