import type { Subject, Target } from '@targetgate/shared/resolve';

/** A target as a map's key: `id:port`, with an IPv6 address in brackets. */
export type TargetKey = string;

export const targetKey = ({ id, port }: Target): TargetKey =>
  id.includes(':') ? `[${id}]:${port}` : `${id}:${port}`;

/** The target that a key stands for; undefined where it is no key. */
export function targetOfKey(key: TargetKey): Target | undefined {
  const parts = /^(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<other>[\w.-]+)):(?<port>\d+)$/.exec(key)?.groups;
  const id = parts?.v6 ?? parts?.other;
  return id === undefined ? undefined : { id, port: Number(parts?.port) };
}

/** A target that is ours: for which subject it was, or is about to be, registered. */
export interface LedgerEntry {
  readonly target: Target;
  readonly subject: Subject;
  /** When the entry was written, in epoch milliseconds: before RegisterTargets was called. */
  readonly intendedAt: number;
  /** When RegisterTargets was seen to succeed; undefined while that is not known. */
  readonly registeredAt: number | undefined;
}

/** The targets of one binding that are ours. */
export type Ledger = ReadonlyMap<TargetKey, LedgerEntry>;
