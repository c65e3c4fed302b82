import type { Subject, Target } from '@targetgate/shared/resolve';

/** A target as a map's key: `id:port`, with an IPv6 address in brackets. */
export type TargetKey = string;

export function targetKey({ id, port }: Target): TargetKey {
  const known = made.get(id);
  if (known?.port === port) return known.key;
  const key = id.includes(':') ? `[${id}]:${port}` : `${id}:${port}`;
  if (made.size >= remembered) made.clear();
  made.set(id, { port, key });
  return key;
}

/**
 * A round asks for the key of each target a dozen times. A string that is made anew has to be hashed anew for each map
 * that it is looked up in: that was a third of a round.
 */
const made = new Map<string, { readonly port: number; readonly key: TargetKey }>();
const remembered = 50_000;

/** The target that a key stands for; undefined where it is no key. */
export function targetOfKey(key: TargetKey): Target | undefined {
  const parts = /^(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<other>[\w.-]+)):(?<port>\d+)$/.exec(key)?.groups;
  const id = parts?.v6 ?? parts?.other;
  const port = Number(parts?.port);
  return id === undefined || port < 1 || port > 65_535 ? undefined : { id, port };
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
