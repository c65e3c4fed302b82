import { expect, it } from '@jest/globals';
import { spreadOf } from './spread.ts';

it('a name is spread evenly, and always to the same place', () => {
  const spread = Array.from({ length: 1_000 }, (_, n) => spreadOf(`binding-${n}`));
  for (const [from, to] of [
    [0, 0.25],
    [0.25, 0.5],
    [0.5, 0.75],
    [0.75, 1],
  ] as const) {
    const count = spread.filter((at) => at >= from && at < to).length;
    expect(count).toBeGreaterThan(150);
    expect(count).toBeLessThan(350);
  }
  expect(spreadOf('binding-1')).toBe(spreadOf('binding-1'));
});
