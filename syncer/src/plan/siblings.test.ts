import { describe, expect, it } from '@jest/globals';
import { targetKey, type Ledger, type LedgerEntry } from '../ledger/ledger.ts';
import { earlier, entry } from './fixtures.ts';
import { isClaimed, isOfSibling, isSuperseded, sharingOf } from './siblings.ts';

const ledger = (...entries: readonly LedgerEntry[]): Ledger =>
  new Map(entries.map((one) => [targetKey(one.target), one]));
const key = targetKey(entry(1).target);
const doubtful = entry(1, { registeredAt: undefined });
const ofEarlier = entry(1, { subject: earlier });

describe('what a sibling has to do with a registration of ours', () => {
  it.each<[string, readonly Ledger[], LedgerEntry, string]>([
    ['none has the target', [ledger(entry(2)), ledger()], entry(1), 'none'],
    ['one has it for another subject', [ledger(ofEarlier)], entry(1), 'none'],
    ['one has registered it for the same subject', [ledger(), ledger(entry(1))], entry(1), 'shared'],
    ['one has registered it, and ours is in doubt', [ledger(entry(1))], doubtful, 'shared'],
    ['one is about to register it', [ledger(doubtful)], entry(1), 'awaited'],
    [
      'one is about to register it, and another one has',
      [ledger(doubtful), ledger(entry(1))],
      entry(1),
      'shared',
    ],
    ['one is about to register it, and ours is in doubt', [ledger(doubtful)], doubtful, 'awaited'],
  ])('%s', (_, ledgers, ours, sharing) => {
    expect(sharingOf({ known: true, ledgers }, key, ours)).toBe(sharing);
  });
});

describe('a registration of ours is superseded', () => {
  const since = { intendedAt: entry(1).intendedAt + 1 };

  it.each<[string, LedgerEntry, boolean]>([
    [
      'by a sibling that has taken the target for another subject since',
      entry(1, { subject: earlier, ...since }),
      true,
    ],
    [
      'by one that is about to register it',
      entry(1, { subject: earlier, ...since, registeredAt: undefined }),
      true,
    ],
    ['not by one that had it before', ofEarlier, false],
    ['not by one that has it for the same subject', entry(1, since), false],
  ])('%s', (_, theirs, expected) => {
    expect(isSuperseded({ known: true, ledgers: [ledger(theirs)] }, key, entry(1))).toBe(expected);
  });
});

describe('a target is claimed', () => {
  it.each<[string, readonly Ledger[], readonly Ledger[], boolean]>([
    ['by no sibling that has other targets', [ledger(entry(2))], [ledger(entry(2))], false],
    ['by a sibling that has it for another subject', [ledger(ofEarlier)], [], true],
    ['by no sibling that has it for the same subject', [ledger(entry(1)), ledger(doubtful)], [], false],
    ['by a sibling that ends and has it for another subject', [], [ledger(ofEarlier)], true],
    ['by a sibling that ends while its call is under way', [], [ledger(doubtful)], true],
    ['by no sibling that ends and will hand it over', [], [ledger(entry(1))], false],
  ])('%s', (_, ledgers, ending, claimed) => {
    expect(isClaimed({ known: true, ledgers, ending }, key, entry(1).subject.uid)).toBe(claimed);
  });
});

it.each<[string, readonly Ledger[], readonly Ledger[], boolean]>([
  ["no sibling has is nobody else's", [ledger(entry(2))], [ledger(entry(2))], false],
  ['a sibling has for whatever subject is its', [ledger(ofEarlier)], [], true],
  ['a sibling that ends has is its, too', [], [ledger(ofEarlier)], true],
])('a target that %s', (_, ledgers, ending, expected) => {
  expect(isOfSibling({ known: true, ledgers, ending }, key)).toBe(expected);
});
