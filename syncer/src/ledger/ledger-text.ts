import { targetKey, type Ledger, type LedgerEntry } from './ledger.ts';

/** Thrown where a ledger's text was changed into something that is not a ledger. */
export class LedgerUnreadable extends Error {
  override readonly name = 'LedgerUnreadable';
}

/**
 * A ledger as text for people: a line per target, in the order of the targets,
 *
 *     10.0.0.7:8080 web-5d4f 0b1c... intended=2026-01-02T03:04:05.678Z registered=2026-01-02T03:04:05.901Z
 */
export function writeLedger(ledger: Ledger): string {
  return [...ledger]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => {
      const registered = entry.registeredAt === undefined ? [] : [`registered=${time(entry.registeredAt)}`];
      return (
        [key, entry.podName, entry.podUid, `intended=${time(entry.intendedAt)}`, ...registered].join(' ') +
        '\n'
      );
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
  /^(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<v4>[0-9.]+)):(?<port>\d+) (?<name>\S+) (?<uid>\S+) intended=(?<intended>\S+)(?: registered=(?<registered>\S+))?$/;

function readLine(line: string): LedgerEntry {
  const parts = linePattern.exec(line.trim())?.groups;
  const ip = parts?.v6 ?? parts?.v4;
  const intendedAt = Date.parse(parts?.intended ?? '');
  const registeredAt = parts?.registered === undefined ? undefined : Date.parse(parts.registered);
  if (ip === undefined || parts?.name === undefined || parts.uid === undefined) throw unreadable(line);
  if (Number.isNaN(intendedAt) || Number.isNaN(registeredAt)) throw unreadable(line);
  const target = { ip, port: Number(parts.port) };
  return { target, podName: parts.name, podUid: parts.uid, intendedAt, registeredAt };
}

const unreadable = (line: string): LedgerUnreadable =>
  new LedgerUnreadable(
    `not a line of a ledger: "${line}"; restore the line, or remove it to forget that target`,
  );
