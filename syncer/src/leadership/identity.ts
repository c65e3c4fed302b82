import { randomUUID } from 'node:crypto';

/** Who a candidate is. */
export interface Identity {
  /** As Leases name their holder: `<name>_<random>`, another one for each process. */
  readonly id: string;
  /**
   * Whether a holder is an earlier process of the same pod. A pod runs one instance of a container at a time, so that
   * such a process has ended. The name of a machine says nothing of the kind: without a name that was given, nobody is.
   */
  isPredecessor(holder: string): boolean;
}

/** The identity of this process in a pod of this name; undefined where no name was given. */
export function identityOf(podName: string | undefined, hostName: string): Identity {
  const name = podName ?? hostName;
  const id = `${name}_${randomUUID().slice(0, 8)}`;
  return {
    id,
    isPredecessor: (holder) => podName !== undefined && holder !== id && podOf(holder) === podName,
  };
}

/** The pod whose process holds a Lease. Names of pods have no underscore. */
export const podOf = (holder: string): string => holder.replace(/_[^_]*$/, '');
