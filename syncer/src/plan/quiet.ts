import { conditionOf, type Pod } from '@targetgate/shared/model';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { PlanInput } from './input.ts';

/** For so long after its registration nothing is said of a target that ELB checks for the first time, in milliseconds. */
const quietMs = 10_000;

/**
 * Until when the gate of a new pod says nothing of its target's first checks (epoch ms). Most of them are over by then,
 * and words cost: each is a patch, and a kubelet that has just seen one makes a pod Ready half a second to a second later
 * than it would (measured, kubelet 1.36). Undefined where it has said something before, which must not go on.
 */
export const quietUntil = (
  pod: Pod,
  entry: LedgerEntry | undefined,
  { gate }: Pick<PlanInput, 'gate'>,
): number | undefined =>
  entry?.registeredAt === undefined || conditionOf(pod, gate) !== undefined
    ? undefined
    : entry.registeredAt + quietMs;
