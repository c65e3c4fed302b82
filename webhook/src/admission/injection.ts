import type { Binding } from '@targetgate/shared/model';
import { legacyGatePrefix, longestGatedBindingName, type Names } from '@targetgate/shared/names';
import { shown } from './finding.ts';
import { warningOf, type Warning } from './warning.ts';

/** What is to be done about a pod's readiness gates. */
export interface Injection {
  /** Condition types to add at the end, in the order of the bindings. */
  readonly append: readonly string[];
  /** Condition types to take out: nothing opens them any more. */
  readonly remove: readonly string[];
  /** For the user who creates the pod. */
  readonly warnings: readonly Warning[];
}

/** The injection that changes nothing. */
export const noInjection: Injection = { append: [], remove: [], warnings: [] };

/**
 * Decides a pod's readiness gates. For each binding that selects it:
 *
 * | name fits a gate | pod has the gate | outcome |
 * | ---------------- | ---------------- | ------- |
 * | no               |                  | warning |
 * | yes              | yes              | -       |
 * | yes              | no               | append  |
 *
 * And for each gate of the pod: a leftover of LBC v1 is removed, any other stays where it is.
 *
 * @param gates the condition types of the readiness gates that the pod comes with, in their order.
 */
export function injectionOf(
  gates: readonly string[],
  bindings: readonly Pick<Binding, 'name'>[],
  names: Names,
): Injection {
  const bound = bindings.map(({ name }) => name);
  const wanted = bound.filter(fitsGate).map((name) => names.gate(name));
  return {
    append: wanted.filter((gate) => !gates.includes(gate)),
    remove: gates.filter((gate) => gate.startsWith(legacyGatePrefix)),
    warnings: bound.filter((name) => !fitsGate(name)).map(tooLong),
  };
}

const fitsGate = (bindingName: string): boolean => bindingName.length <= longestGatedBindingName;

/** A name may have 253 characters, but a warning shows no more than 256. */
const tooLong = (bindingName: string): Warning =>
  warningOf(
    'gate_name_too_long',
    `no readiness gate for TargetGroupBinding ${shown(bindingName, 100)}: its name is longer than ${longestGatedBindingName} characters; give it a shorter one`,
  );
