import type { Target } from '@targetgate/shared/resolve';

/** A target as a map's key: `ip:port`, with an IPv6 address in brackets. */
export type TargetKey = string;

export const targetKey = ({ ip, port }: Target): TargetKey =>
  ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;

/** A target that is ours: for which pod it was, or is about to be, registered. A pod's uid, not its IP, is its identity. */
export interface LedgerEntry {
  readonly target: Target;
  readonly podName: string;
  readonly podUid: string;
  /** When the entry was written, in epoch milliseconds: before RegisterTargets was called. */
  readonly intendedAt: number;
  /** When RegisterTargets was seen to succeed; undefined while that is not known. */
  readonly registeredAt: number | undefined;
}

/** The targets of one binding that are ours. */
export type Ledger = ReadonlyMap<TargetKey, LedgerEntry>;
