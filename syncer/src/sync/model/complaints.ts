import { names } from './api-objects.ts';
import { isOpen, nodePort, type ModelBinding, type ModelPod } from './objects.ts';
import { nobody } from './records.ts';
import type { World } from './world.ts';

/** The targets that syncers have registered, abandoned ones aside. */
const ownTargets = ({ group, rules }: World): string[] =>
  group.standing().filter((key) => rules.ownerOf(key) !== undefined && !rules.abandoned.has(key));

const stays = ({ terminating, finished }: ModelPod): boolean => !terminating && !finished;

/** What stands in the group, or in a ledger, for pods and nodes that are gone, or in the group alone. */
export function leftBehind(world: World): string[] {
  const { cluster, group, rules, ledgerOf } = world;
  const bindings = [...cluster.bindings.values()];
  // A node that is made anew is the same machine.
  const machines = [...cluster.nodes.values()].map(({ instance }) => `${instance}:${nodePort}`);
  const isGone = (uid: string, key: string): boolean =>
    group.type === 'ip' ? uid !== nobody && !cluster.stays(uid) : !machines.includes(key);
  const ledgers = bindings.map(({ name }) => ledgerOf(name));
  return [
    ...ownTargets(world)
      .filter((key) => isGone(rules.ownerOf(key) ?? nobody, key))
      .map((key) => `${key} is registered for ${rules.ownerOf(key)}, which is gone`),
    ...ownTargets(world)
      .filter((key) => !ledgers.some((ledger) => ledger.has(key)))
      .map((key) => `${key} is registered, and no ledger has it`),
    ...ledgers
      .flatMap((ledger) => [...ledger])
      .filter(([key, { subject }]) => isGone(subject.uid, key))
      .map(([key, { subject }]) => `a ledger has ${key} for ${subject.uid}, which is gone`),
  ];
}

/** Bindings that should be gone, and ledgers without a binding. A deletion may take two minutes. */
function heldBack({ cluster, api }: World): string[] {
  const bindings = [...cluster.bindings.values()];
  return [
    ...bindings
      .filter(({ deletedAt }) => deletedAt !== undefined)
      .map(({ name }) => `${name} is still there`),
    ...api.configMaps
      .names()
      .filter((name) => !bindings.some((binding) => name === names.ledger(binding.name)))
      .map((name) => `${name} is still there`),
  ];
}

/** What is not as the cluster wants it, once nothing stands in the way and all targets are healthy. */
export function outOfStep(world: World): string[] {
  const { cluster } = world;
  const complaints = [...leftBehind(world), ...heldBack(world)];
  for (const binding of cluster.stayingBindings()) {
    complaints.push(...missingTargets(binding, world));
    if (!binding.finalizers.includes(names.finalizer)) complaints.push(`${binding.name} has no finalizer`);
  }
  for (const pod of cluster.pods.values()) {
    for (const gate of pod.gatedBy) {
      if (stays(pod) && !isOpen(pod, gate) && !mayWait(pod, gate, world)) {
        complaints.push(`gate ${gate} of ${pod.uid} is closed`);
      }
    }
  }
  return complaints;
}

function missingTargets(binding: ModelBinding, { cluster, group, ledgerOf }: World): string[] {
  const ledger = ledgerOf(binding.name);
  const members = cluster.membersOf(binding);
  const wanted = members.filter((member) => member.wanted);
  const missing = wanted
    .filter(({ target, uid }) => !group.isStanding(target) || ledger.get(target)?.subject.uid !== uid)
    .map(({ target, uid }) => `${target} of ${uid} is not registered by ${binding.name}`);
  // With all of its members healthy, what they replace has to leave, as long as it is no more than twice as many.
  const leaving = new Set(cluster.leavingNodes().map(({ uid }) => uid));
  const replaced = [...ledger]
    .filter(([, { subject }]) => !leaving.has(subject.uid))
    .map(([key]) => key)
    .filter((key) => !members.some(({ target }) => target === key));
  const isReplaced = wanted.length > 0 && wanted.length === members.length;
  const kept = isReplaced && replaced.length <= wanted.length * 2 ? replaced : [];
  return [...missing, ...kept.map((key) => `${key} was replaced, and ${binding.name} keeps it`)];
}

/** A gate may be closed while its pod is selected and not ready, or its service is missing. */
function mayWait(pod: ModelPod, gate: string, { cluster }: World): boolean {
  const binding = cluster.bindings.get(gate);
  if (binding === undefined) return false;
  if (!cluster.services.has(binding.service)) return true;
  const member = cluster.membersOf(binding).find(({ uid }) => uid === pod.uid);
  return member !== undefined && !member.wanted;
}

/** Gates that AWS has left without an answer for too long, although nothing bad is known of their targets. */
export function stillWaiting({ cluster, group }: World): string[] {
  return cluster.stayingBindings().flatMap((binding) =>
    cluster.membersOf(binding).flatMap(({ uid, target, wanted }) => {
      const pod = cluster.podOf(uid);
      const isClosed = pod?.gatedBy.includes(binding.name) && !isOpen(pod, binding.name);
      const isIll = group.targets.get(target)?.state === 'unhealthy' || group.checks === 'not-in-use';
      return isClosed && wanted && !isIll ? [`AWS is silent, and gate ${binding.name} of ${uid} waits`] : [];
    }),
  );
}

/** What waits, or is held, and nothing says why. */
export function unexplained({ cluster, ledgerOf }: World): string[] {
  const bindings = cluster.stayingBindings();
  const silent = bindings.filter((binding) => !hasComplaint(binding));
  const gates = [...cluster.pods.values()].flatMap((pod) =>
    pod.gatedBy
      .filter((gate) => stays(pod) && pod.containersReady && !isOpen(pod, gate))
      .filter((gate) => !pod.conditions[gate]?.reason && silent.some(({ name }) => name === gate))
      .map((gate) => `nothing says why gate ${gate} of ${pod.uid} is closed`),
  );
  // A binding that waits for another one of the group leaves it to that one to say why.
  const held = (silent.length === bindings.length ? silent : []).flatMap((binding) => {
    const members = cluster.membersOf(binding);
    return [...ledgerOf(binding.name).keys()]
      .filter((key) => !members.some(({ target }) => target === key))
      .map((key) => `nothing says why ${binding.name} keeps ${key}`);
  });
  return [...gates, ...held];
}

const hasComplaint = ({ status }: ModelBinding): boolean =>
  status?.conditions.some(
    ({ type, status: value }) =>
      (type === 'Ready' && value !== 'True') || (type === 'Degraded' && value === 'True'),
  ) ?? false;
