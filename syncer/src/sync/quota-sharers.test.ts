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

it('bindings whose groups are in one account and region share a quota', () => {
  expect(['one', 'two', 'there'].map((name) => sharers.with(`shop/${name}`))).toEqual([2, 2, 1]);
});

it('one that has left does not count, however often it left', () => {
  sharers.leave('shop/two');
  sharers.leave('shop/two');
  expect(sharers.with('shop/one')).toBe(1);
  expect(sharers.with('shop/two')).toBe(0);
});

it('one that joins again counts once', () => {
  join('shop/two', arnIn('us-east-2'));
  expect(['one', 'two', 'there'].map((name) => sharers.with(`shop/${name}`))).toEqual([1, 2, 2]);
});
