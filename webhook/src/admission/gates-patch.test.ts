import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import jp, { type Operation } from 'fast-json-patch';
import { gatesPatch } from './gates-patch.ts';

const injection = (append: string[], remove: string[] = []) => ({ append, remove });

describe('the patch of gates', () => {
  it.each([
    [
      'makes the list where there is none',
      undefined,
      injection(['a', 'b']),
      [['add', '/spec/readinessGates']],
    ],
    ['makes no empty list', undefined, injection([]), []],
    ['appends to an empty list', [], injection(['a']), [['add', '/spec/readinessGates/-']]],
    [
      'names only what is added',
      ['x'],
      injection(['a', 'b']),
      [
        ['add', '/spec/readinessGates/-'],
        ['add', '/spec/readinessGates/-'],
      ],
    ],
    ['is empty where nothing is to be done', ['x'], injection([]), []],
    [
      'removes from the end, then adds',
      ['old1', 'x', 'old2'],
      injection(['a'], ['old1', 'old2']),
      [
        ['remove', '/spec/readinessGates/2'],
        ['remove', '/spec/readinessGates/0'],
        ['add', '/spec/readinessGates/-'],
      ],
    ],
  ])('%s', (_, gates, decided, expected) => {
    expect(gatesPatch(gates, decided).map(({ op, path }) => [op, path])).toEqual(expected);
  });

  it('leaves the gates that stay in their order and adds the new ones behind them, whatever there was', () => {
    const gate = fc.constantFrom('a', 'b', 'c', 'old1', 'old2');
    fc.assert(
      fc.property(fc.array(gate), fc.uniqueArray(fc.constantFrom('new1', 'new2')), (gates, append) => {
        const remove = gates.filter((name) => name.startsWith('old'));
        const pod = { spec: { readinessGates: gates.map((conditionType) => ({ conditionType, other: 1 })) } };
        const patch = gatesPatch(gates, injection(append, remove)) as Operation[];
        const patched = jp.applyPatch(pod, patch, true, false).newDocument;
        const stay = gates.filter((name) => !remove.includes(name));
        expect(patched.spec.readinessGates).toEqual([
          ...stay.map((conditionType) => ({ conditionType, other: 1 })),
          ...append.map((conditionType) => ({ conditionType })),
        ]);
      }),
    );
  });
});
