import type { Injection } from './injection.ts';
import type { PatchOperation } from './answer.ts';

const list = '/spec/readinessGates';

/**
 * The JSON Patch that carries an injection of gates out. It names only what goes and what comes: no gate that stays is
 * rewritten, so other fields that a gate may have one day survive.
 *
 * @param gates the pod's gates, undefined where it has no such list.
 */
export function gatesPatch(
  gates: readonly string[] | undefined,
  injection: Pick<Injection, 'append' | 'remove'>,
): readonly PatchOperation[] {
  const { append, remove } = injection;
  const added = append.map((conditionType) => ({ conditionType }));
  if (gates === undefined) return added.length > 0 ? [{ op: 'add', path: list, value: added }] : [];

  // As a set: a pod may come with as many gates as fit into 3 MiB.
  const leaving = new Set(remove);
  const removals = gates.flatMap((gate, index): PatchOperation[] =>
    leaving.has(gate) ? [{ op: 'remove', path: `${list}/${index}` }] : [],
  );
  const additions = added.map((value): PatchOperation => ({ op: 'add', path: `${list}/-`, value }));
  // From the end: a removal moves what comes after it.
  return [...removals.reverse(), ...additions];
}
