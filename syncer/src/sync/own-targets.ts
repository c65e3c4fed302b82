import type { InheritedTarget } from '../ledger/inherited.ts';
import type { LedgerFile } from '../ledger/ledger-file.ts';
import { targetKey, type Ledger, type LedgerEntry, type TargetKey } from '../ledger/ledger.ts';
import type { Holding } from './holders.ts';
import { isConflict, isNotFound } from '@targetgate/shared/kube';

/** The targets of one binding that are ours: the ledger in memory, and its way to the ledger file. */
export interface OwnTargets {
  /** Undefined until the file was read, and again after somebody else has written to it. */
  readonly ledger: Ledger | undefined;
  /** What is known of the ledger while it is read again, too; undefined until it was read once. */
  readonly lastKnown: Ledger | undefined;
  /** The group that the ledger's targets are registered with, as the file had it when it was read. */
  readonly recordedArn: string | undefined;
  /** Whether a target is, or is about to be, registered for the subject with this uid. */
  has(uid: string): boolean;
  /** True where the file lacks a change that it should have. */
  readonly unsaved: boolean;
  /** Reads the file; gives the targets that another controller has on record, where there is no file yet. */
  load(): Promise<readonly InheritedTarget[]>;
  put(entries: readonly LedgerEntry[]): void;
  remove(keys: readonly TargetKey[]): void;
  /** Settles when all that was changed before this call is in the file. Throws as LedgerFile.save does. */
  save(targetGroupArn: string): Promise<void>;
  /** Lets the file go, when the last write is over: no change is to be saved after this. */
  release(): Promise<void>;
  /** Nobody asks for these targets any more. */
  close(): void;
}

/** `holding` is told of the subjects for which targets are, or are about to be, registered. */
export function createOwnTargets(file: LedgerFile, now: () => number, holding: Holding): OwnTargets {
  const entries = new Map<TargetKey, LedgerEntry>();
  /** How many entries each subject has. */
  const uids = new Map<string, number>();
  let loaded = false;
  /** The file was read before: this program may know better than the file. */
  let read = false;
  let released = false;
  let recordedArn: string | undefined;
  let changes = 0;
  let savedChanges = 0;
  let writing: Promise<void> | undefined;
  let queued: Promise<void> | undefined;

  function count(uid: string, by: number): void {
    const before = uids.get(uid) ?? 0;
    const left = before + by;
    if (left > 0) uids.set(uid, left);
    else uids.delete(uid);
    if (before === 0) holding.has(uid);
    if (left === 0) holding.lacks(uid);
  }

  function set(key: TargetKey, entry: LedgerEntry): void {
    drop(key);
    entries.set(key, entry);
    count(entry.subject.uid, 1);
  }

  function drop(key: TargetKey): void {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    count(entry.subject.uid, -1);
  }

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
    get lastKnown() {
      return read ? entries : undefined;
    },
    get recordedArn() {
      return recordedArn;
    },
    has: (uid) => uids.has(uid),
    get unsaved() {
      return !released && savedChanges < changes;
    },

    load: async () => {
      const content = await file.load();
      recordedArn = content.targetGroupArn;
      // After a conflict, what the file has and we lack is kept too: no target is lost, and stale ones are removed
      // by the next plan. Of one target, our own entry is the newer. One that we lack may have been deregistered by us.
      for (const [key, entry] of content.ledger) {
        if (entries.has(key)) continue;
        set(key, read ? { ...entry, registeredAt: undefined } : notLaterThan(now(), entry));
      }
      loaded = read = true;
      if (content.isPredecessors) changes++;
      return content.inherited;
    },

    put: (added) => {
      for (const entry of added) set(targetKey(entry.target), entry);
      changes++;
    },

    remove: (keys) => {
      for (const key of keys) drop(key);
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

    release: async () => {
      // A write that came after would put the finalizer back on a file that nobody is left to let go.
      released = true;
      await (queued ?? writing)?.catch(() => undefined);
      await file.release(loaded ? entries : undefined);
    },

    close: () => {
      for (const uid of uids.keys()) holding.lacks(uid);
      uids.clear();
    },
  };
}

/** A registration that lies in the future was written before the clock was set back; no answer of ELB could be newer. */
function notLaterThan(now: number, entry: LedgerEntry): LedgerEntry {
  const { registeredAt } = entry;
  return registeredAt === undefined || registeredAt <= now ? entry : { ...entry, registeredAt: now };
}
