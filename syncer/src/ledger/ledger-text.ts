import type { Subject } from '@targetgate/shared/resolve';
import { targetKey, targetOfKey, type Ledger, type LedgerEntry } from './ledger.ts';

/** Thrown where a ledger's text was changed into something that is not a ledger. */
export class LedgerUnreadable extends Error {
  override readonly name = 'LedgerUnreadable';
}

/**
 * A ledger as text for people: a line per target, in the order of the targets,
 *
 *     10.0.0.7:8080 pod/web-5d4f 0b1c... intended=2026-01-02T03:04:05.678Z registered=2026-01-02T03:04:05.901Z
 *
 * A thousand targets come to about 150 kB, of the 1 MiB that a ConfigMap may have.
 */
export function writeLedger(ledger: Ledger): string {
  return [...ledger]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { subject, intendedAt, registeredAt }]) => {
      const words = [key, `${subject.kind}/${subject.name}`, subject.uid, `intended=${time(intendedAt)}`];
      if (registeredAt !== undefined) words.push(`registered=${time(registeredAt)}`);
      return `${words.join(' ')}\n`;
    })
    .join('');
}

const time = (at: number): string => new Date(at).toISOString();

/**
 * Reads what `writeLedger` wrote.
 *
 * @throws LedgerUnreadable naming the line.
 */
export function readLedger(text: string): Ledger {
  const entries = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readLine);
  return new Map(entries.map((entry) => [targetKey(entry.target), entry]));
}

const linePattern =
  /^(?<key>\S+) (?:(?<kind>pod|node|endpoint)\/)?(?<name>\S+) (?<uid>\S+) intended=(?<intended>\S+)(?: registered=(?<registered>\S+))?$/;

function readLine(line: string): LedgerEntry {
  const parts = linePattern.exec(line.trim())?.groups;
  const target = targetOfKey(parts?.key ?? '');
  const intendedAt = Date.parse(parts?.intended ?? '');
  const registeredAt = parts?.registered === undefined ? undefined : Date.parse(parts.registered);
  if (target === undefined || parts?.name === undefined || parts.uid === undefined) throw unreadable(line);
  if (Number.isNaN(intendedAt) || Number.isNaN(registeredAt)) throw unreadable(line);
  // A line that names no kind is of a pod.
  const kind = (parts.kind ?? 'pod') as Subject['kind'];
  return { target, subject: { kind, name: parts.name, uid: parts.uid }, intendedAt, registeredAt };
}

const unreadable = (line: string): LedgerUnreadable =>
  new LedgerUnreadable(
    `not a line of a ledger: "${line.length > longestQuote ? `${line.slice(0, longestQuote)}...` : line}"; restore the line, or remove it to forget that target`,
  );

/** A line that nobody wrote may be a mebibyte long. */
const longestQuote = 300;
