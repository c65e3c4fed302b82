import type { LedgerFile } from '../ledger/ledger-file.ts';
import { targetKey, type Ledger, type LedgerEntry, type TargetKey } from '../ledger/ledger.ts';
import { isConflict, isNotFound } from '@targetgate/shared/kube';

/** The targets of one binding that are ours: the ledger in memory, and its way to the ledger file. */
export interface OwnTargets {
  /** Undefined until the file was read, and again after somebody else has written to it. */
  readonly ledger: Ledger | undefined;
  /** The group that the ledger's targets are registered with, as the file had it when it was read. */
  readonly recordedArn: string | undefined;
  /** True where the file lacks a change. */
  readonly unsaved: boolean;
  load(): Promise<void>;
  put(entries: readonly LedgerEntry[]): void;
  remove(keys: readonly TargetKey[]): void;
  /** Settles when all that was changed before this call is in the file. Throws as LedgerFile.save does. */
  save(targetGroupArn: string): Promise<void>;
}

export function createOwnTargets(file: LedgerFile, now: () => number): OwnTargets {
  const entries = new Map<TargetKey, LedgerEntry>();
  let loaded = false;
  /** The file was read before: this program may know better than the file. */
  let read = false;
  let recordedArn: string | undefined;
  let changes = 0;
  let savedChanges = 0;
  let writing: Promise<void> | undefined;
  let queued: Promise<void> | undefined;

  async function write(targetGroupArn: string): Promise<void> {
    const writes = changes;
    try {
      await file.save({ targetGroupArn, ledger: entries });
      savedChanges = Math.max(savedChanges, writes);
      recordedArn = targetGroupArn;
    } catch (error) {
      // Somebody else has written or deleted it: it is read again before anything else is done.
      if (isConflict(error) || isNotFound(error)) loaded = false;
      throw error;
    } finally {
      writing = undefined;
    }
  }

  return {
    get ledger() {
      return loaded ? entries : undefined;
    },
    get recordedArn() {
      return recordedArn;
    },
    get unsaved() {
      return savedChanges < changes;
    },

    load: async () => {
      const content = await file.load();
      recordedArn = content.targetGroupArn;
      // After a conflict, what the file has and we lack is kept too: no target is lost, and stale ones are removed
      // by the next plan. Of one target, our own entry is the newer. One that we lack may have been deregistered by us.
      for (const [key, entry] of content.ledger) {
        if (entries.has(key)) continue;
        entries.set(key, read ? { ...entry, registeredAt: undefined } : notLaterThan(now(), entry));
      }
      loaded = read = true;
    },

    put: (added) => {
      for (const entry of added) entries.set(targetKey(entry.target), entry);
      changes++;
    },

    remove: (keys) => {
      for (const key of keys) entries.delete(key);
      changes++;
    },

    save: (targetGroupArn) => {
      if (writing === undefined) return (writing = write(targetGroupArn));
      // A write under way may have begun before the last change; all callers that wait share the next one.
      queued ??= writing
        .catch(() => undefined)
        .then(() => {
          queued = undefined;
          return (writing = write(targetGroupArn));
        });
      return queued;
    },
  };
}

/** A registration that lies in the future was written before the clock was set back; no answer of ELB could be newer. */
function notLaterThan(now: number, entry: LedgerEntry): LedgerEntry {
  const { registeredAt } = entry;
  return registeredAt === undefined || registeredAt <= now ? entry : { ...entry, registeredAt: now };
}
