import { legacyGatePrefix, longestGatedBindingName, type Names } from '@targetgate/shared/names';
import { bindingsOfPod, type PodIdentity } from '@targetgate/shared/resolve';
import type { Snapshot } from '@targetgate/shared/snapshot';

/** What injection reads of the cluster. */
export type InjectionView = Pick<Snapshot, 'bindingsIn' | 'service'>;

/** A pod that does not exist yet: what selects it, and the readiness gates that it comes with, in their order. */
export interface Candidate extends PodIdentity {
  readonly gates: readonly string[];
}

/** What is to be done about a pod's readiness gates. */
export interface Injection {
  /** Condition types to add at the end, in the order of their bindings' names. */
  readonly append: readonly string[];
  /** Condition types to take out: nothing opens them any more. */
  readonly remove: readonly string[];
  /** For the user who creates the pod. */
  readonly warnings: readonly string[];
}

/**
 * Decides a pod's readiness gates. For each binding:
 *
 * | selects the pod | name fits a gate | pod has the gate | outcome |
 * | --------------- | ---------------- | ---------------- | ------- |
 * | no              |                  |                  | -       |
 * | yes             | no               |                  | warning |
 * | yes             | yes              | yes              | -       |
 * | yes             | yes              | no               | append  |
 *
 * And for each gate of the pod: a leftover of LBC v1 is removed, any other stays where it is.
 */
export function injectionOf(pod: Candidate, view: InjectionView, names: Names): Injection {
  const bindings = bindingsOfPod(pod, view).map(({ name }) => name);
  const gates = bindings.filter(fitsGate).map((name) => names.gate(name));
  return {
    append: gates.filter((gate) => !pod.gates.includes(gate)),
    remove: pod.gates.filter((gate) => gate.startsWith(legacyGatePrefix)),
    warnings: bindings.filter((name) => !fitsGate(name)).map(tooLong),
  };
}

const fitsGate = (bindingName: string): boolean => bindingName.length <= longestGatedBindingName;

/** A name may have 253 characters, but a warning shows no more than 256. */
const shownName = 100;

function tooLong(bindingName: string): string {
  const name = bindingName.length > shownName ? `${bindingName.slice(0, shownName)}...` : bindingName;
  return `targetgate: no readiness gate for TargetGroupBinding ${name}: its name is longer than ${longestGatedBindingName} characters; give it a shorter one`;
}
