import { expect, it } from '@jest/globals';
import { apiBinding } from '@targetgate/shared/fixtures';
import { projectBinding } from '@targetgate/shared/model';
import { plan } from '../plan/index.ts';
import { inputOf, now } from '../plan/fixtures.ts';
import { createQuotaSharers } from './quota-sharers.ts';

const binding = projectBinding(apiBinding({}));

/** When settled groups are looked at in so many milliseconds, in order: each has been looked at just before. */
function looksOf(groups: number, { withinMs }: { withinMs: number }): number[] {
  const sharers = createQuotaSharers();
  const keys = Array.from({ length: groups }, (_, n) => `shop/${n}`);
  for (const key of keys) sharers.join(key, binding);
  const looks = keys.flatMap((key) => {
    const times: number[] = [];
    const sharingQuota = sharers.with(key);
    for (let askedAt = now; ;) {
      askedAt = plan(inputOf({ askedAt, more: { sharingQuota } })).lookAt ?? Infinity;
      if (askedAt > now + withinMs) return times;
      times.push(askedAt - now);
    }
  });
  return looks.sort((a, b) => a - b);
}

/** The most looks in any span of so many milliseconds that begins with one. */
const mostIn = (looks: readonly number[], ms: number): number =>
  Math.max(...looks.map((from, n) => looks.slice(n).findIndex((at) => at >= from + ms)));

it('20 groups are looked at 20 times in every minute, and no two in the same second', () => {
  const looks = looksOf(20, { withinMs: 600_000 });
  expect(looks).toHaveLength(200);
  expect(mostIn(looks, 60_000)).toBe(20);
  expect(mostIn(looks, 1_000)).toBe(1);
});

it('3,000 groups are looked at once a second all together, which is a tenth of what AWS allows', () => {
  const looks = looksOf(3_000, { withinMs: 2 * 3_000_000 });
  expect(looks).toHaveLength(6_000);
  expect(mostIn(looks, 60_000)).toBeLessThanOrEqual(66);
});
