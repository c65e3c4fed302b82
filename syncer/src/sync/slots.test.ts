import { expect, it } from '@jest/globals';
import { createSlots } from './slots.ts';

it('so much work runs at once, and what waits runs in its order as slots become free', async () => {
  const slots = createSlots(2);
  const begun: number[] = [];
  const ends = [1, 2, 3, 4].map((n) => {
    const end = Promise.withResolvers<void>();
    const done = slots.run(() => {
      begun.push(n);
      return end.promise;
    });
    return { end: end.resolve, done };
  });
  expect(begun).toEqual([1, 2]);
  ends[1]?.end();
  await ends[1]?.done;
  expect(begun).toEqual([1, 2, 3]);
  for (const { end } of ends) end();
  await Promise.all(ends.map(({ done }) => done));
  expect(begun).toEqual([1, 2, 3, 4]);
});

it('work that fails frees its slot, and its caller is told', async () => {
  const slots = createSlots(1);
  await expect(slots.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await slots.run(() => Promise.resolve('yes'))).toBe('yes');
});
