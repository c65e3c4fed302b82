import { expect, it } from '@jest/globals';
import { busiest } from './busiest.ts';

const cost = (pod: string, cpuSeconds: number) => ({ program: 'syncer', pod, cpuSeconds, rssMiB: 1 });

it('the busiest program is the one that used the most CPU', () => {
  expect(busiest([cost('a', 1), cost('b', 3), cost('c', 2)]).pod).toBe('b');
  expect(() => busiest([])).toThrow('no program');
});
