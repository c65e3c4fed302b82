import { beforeEach, expect, it } from '@jest/globals';
import { apiBinding } from '@targetgate/shared/fixtures';
import { projectBinding } from '@targetgate/shared/model';
import { createQuotaSharers, type QuotaSharers } from './quota-sharers.ts';

let sharers: QuotaSharers;

const arnIn = (region: string) =>
  `arn:aws:elasticloadbalancing:${region}:111111111111:targetgroup/web/0123456789abcdef`;
const join = (key: string, targetGroupARN: string) =>
  sharers.join(key, projectBinding(apiBinding({ spec: { targetGroupARN } })));

beforeEach(() => {
  sharers = createQuotaSharers();
  join('shop/one', arnIn('eu-west-1'));
  join('shop/two', arnIn('eu-west-1'));
  join('shop/there', arnIn('us-east-2'));
});

const counts = (...names: readonly string[]) => names.map((name) => sharers.with(`shop/${name}`).bindings);

it('bindings whose groups are in one account and region share a quota', () => {
  expect(counts('one', 'two', 'there')).toEqual([2, 2, 1]);
});

it('one that has left does not count, however often it left', () => {
  sharers.leave('shop/two');
  sharers.leave('shop/two');
  expect(counts('one', 'two')).toEqual([1, 0]);
});

it('one that joins again counts once', () => {
  join('shop/two', arnIn('us-east-2'));
  expect(counts('one', 'two', 'there')).toEqual([1, 2, 2]);
});

it('a group that is known by its name counts with the others when it was found', () => {
  const named = projectBinding(apiBinding({ spec: { targetGroupARN: undefined, targetGroupName: 'web' } }));
  sharers.join('shop/named', named);
  expect(counts('one', 'named')).toEqual([2, 1]);
  sharers.join('shop/named', named, arnIn('eu-west-1'));
  expect(counts('one', 'named')).toEqual([3, 3]);
});

it('those whose pods are on their way are counted until none is, or they leave', () => {
  sharers.setBusy('shop/one', true);
  sharers.setBusy('shop/two', true);
  sharers.setBusy('shop/there', true);
  sharers.setBusy('shop/one', true);
  expect(sharers.with('shop/one').busy).toBe(2);
  sharers.setBusy('shop/two', false);
  expect(sharers.with('shop/one').busy).toBe(1);
  sharers.leave('shop/one');
  expect(sharers.with('shop/two').busy).toBe(0);
});

it.each([2, 20, 300])(
  'the turns of %d bindings are spread about evenly, and stay when others come',
  (count) => {
    sharers = createQuotaSharers();
    for (let n = 0; n < count; n++) join(`shop/${n}`, arnIn('eu-west-1'));
    const phases = Array.from({ length: count }, (_, n) => sharers.with(`shop/${n}`).phase);
    const ordered = phases.toSorted((a, b) => a - b);
    const gaps = ordered.map((phase, n) => (ordered[n + 1] ?? (ordered[0] ?? 0) + 1) - phase);
    expect(Math.max(...gaps) * count).toBeLessThan(2.7);
    expect(Math.min(...gaps) * count).toBeGreaterThan(0.35);
    sharers.leave('shop/1');
    join('shop/new', arnIn('eu-west-1'));
    expect(sharers.with('shop/0').phase).toBe(phases[0]);
    expect(sharers.with('shop/new').phase).toBe(phases[1]);
  },
);
