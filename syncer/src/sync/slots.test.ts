import { expect, it } from '@jest/globals';
import { createSlots, inSlots } from './slots.ts';

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

it('of an API server in slots no more is asked at once than there are, and each is answered', async () => {
  let underWay = 0;
  let most = 0;
  const request = async <T>({ path }: { readonly path: string }): Promise<T> => {
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay--;
    return path as T;
  };
  const client = { request, lines: neverAsked, close: neverAsked };
  const paths = ['/a', '/b', '/c', '/d', '/e'];
  const limited = inSlots(client, createSlots(2));
  expect(await Promise.all(paths.map((path) => limited.request({ method: 'GET', path })))).toEqual(paths);
  expect(most).toBe(2);
});

function neverAsked(): never {
  throw new Error('nobody asked');
}
