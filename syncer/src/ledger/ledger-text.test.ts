import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { targetKey, type LedgerEntry } from './ledger.ts';
import { LedgerUnreadable, readLedger, writeLedger } from './ledger-text.ts';

const times = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.getTime());
const entries: fc.Arbitrary<LedgerEntry> = fc.record({
  target: fc.record({
    id: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('i-0123456789abcdef0')),
    port: fc.integer({ min: 1, max: 65535 }),
  }),
  subject: fc.record({
    kind: fc.constantFrom('pod', 'node', 'endpoint'),
    name: fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,20}$/),
    uid: fc.uuid(),
  }),
  intendedAt: times,
  registeredAt: fc.option(times, { nil: undefined }),
});

describe('a ledger as text', () => {
  it('reads back as what was written', () => {
    fc.assert(
      fc.property(fc.uniqueArray(entries, { selector: (entry) => targetKey(entry.target) }), (list) => {
        const ledger = new Map(list.map((entry) => [targetKey(entry.target), entry]));
        expect(new Map(readLedger(writeLedger(ledger)))).toEqual(ledger);
      }),
    );
  });

  it('has 1,000 targets in far less than the mebibyte that a ConfigMap may have', () => {
    const list = Array.from({ length: 1000 }, (_, n): [string, LedgerEntry] => {
      const target = { id: `fd00:1234:5678:9abc:def0:1234:5678:${n.toString(16)}`, port: 65535 };
      const subject = {
        kind: 'pod',
        name: 'p'.repeat(253),
        uid: '123e4567-e89b-12d3-a456-426614174000',
      } as const;
      return [targetKey(target), { target, subject, intendedAt: 0, registeredAt: 0 }];
    });
    expect(writeLedger(new Map(list)).length).toBeLessThan(512 * 1024);
  });

  it.each(['10.0.0.1 web', '10.0.0.1:80 web uid', '10.0.0.1:80 web uid intended=yesterday', 'nonsense'])(
    'is refused, and the line named, where a person wrote "%s"',
    (line) => {
      expect(() => readLedger(`${line}\n`)).toThrow(LedgerUnreadable);
      expect(() => readLedger(`${line}\n`)).toThrow(line);
    },
  );

  it('is a ledger that reads back, or refused, whatever it says', () => {
    const good =
      '10.0.0.1:80 pod/web uid-1 intended=2026-01-02T03:04:05.678Z registered=2026-01-02T03:04:06.000Z';
    const words = fc.constantFrom(
      ...good.split(/[ =/:]/),
      '',
      ' ',
      '=',
      '\n',
      '[',
      '-1',
      '99999999999',
      '__proto__',
    );
    const spoilt = fc
      .tuple(fc.nat(good.length), fc.nat(5), words)
      .map(([at, less, more]) => good.slice(0, at) + more + good.slice(at + less));
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(
        fc.oneof(
          spoilt,
          fc.string(),
          fc.array(words).map((all) => all.join(' ')),
        ),
        (text) => {
          try {
            const ledger = readLedger(text);
            seen.add(true);
            expect(new Map(readLedger(writeLedger(ledger)))).toEqual(new Map(ledger));
          } catch (error) {
            if (!(error instanceof LedgerUnreadable)) throw error;
            seen.add(false);
            expect(error.message.length).toBeLessThan(500);
          }
        },
      ),
      { numRuns: 1_000 }, // More: raise numRuns; a thousand take a fifth of a second.
    );
    expect(seen).toEqual(new Set([true, false]));
  });

  it.each(['10.0.0.1:70000', '10.0.0.1:0'])(
    'is refused where a target is %s: no target has such a port',
    (key) => {
      expect(() => readLedger(`${key} pod/web uid intended=2026-01-02T03:04:05.678Z`)).toThrow(
        LedgerUnreadable,
      );
    },
  );

  it('is refused at once, with the beginning of the line, where it is a mebibyte of anything', () => {
    const began = process.cpuUsage();
    const long = '1 '.repeat(1 << 19);
    expect(() => readLedger(long)).toThrow(/^not a line of a ledger: "1 1 .{250,300}\.\.\."/);
    expect(process.cpuUsage(began).user).toBeLessThan(1_000_000);
  });
});
