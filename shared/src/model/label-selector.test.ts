import { describe, expect, it } from '@jest/globals';
import { matches, projectSelector, type RawLabelSelector } from './label-selector.ts';

type Expression = NonNullable<RawLabelSelector['matchExpressions']>[number];
const expression = (operator: string, ...values: string[]): RawLabelSelector => ({
  matchExpressions: [{ key: 'pool', operator: operator as Expression['operator'], values }],
});

describe('a label selector', () => {
  it.each<[string, RawLabelSelector, Record<string, string>, boolean]>([
    ['without requirements selects everything', {}, {}, true],
    ['In selects a value of its list', expression('In', 'a', 'b'), { pool: 'b' }, true],
    ['In selects no other value', expression('In', 'a', 'b'), { pool: 'c' }, false],
    ['In selects no missing label', expression('In', 'a'), {}, false],
    ['NotIn selects no value of its list', expression('NotIn', 'a'), { pool: 'a' }, false],
    ['NotIn selects any other value', expression('NotIn', 'a'), { pool: 'b' }, true],
    ['NotIn selects a missing label', expression('NotIn', 'a'), {}, true],
    ['Exists selects any value, an empty one too', expression('Exists'), { pool: '' }, true],
    ['Exists selects no missing label', expression('Exists'), {}, false],
    ['DoesNotExist selects a missing label', expression('DoesNotExist'), {}, true],
    ['DoesNotExist selects no value, not even an empty one', expression('DoesNotExist'), { pool: '' }, false],
    ['of an operator that is not known selects nothing', expression('Gt', '1'), { pool: '2' }, false],
    [
      'of labels selects what has them all',
      { matchLabels: { pool: 'a', zone: 'z' } },
      { pool: 'a', zone: 'z' },
      true,
    ],
    [
      'of labels selects nothing that lacks one',
      { matchLabels: { pool: 'a', zone: 'z' } },
      { pool: 'a' },
      false,
    ],
    [
      'of both kinds selects what meets both',
      { matchLabels: { zone: 'z' }, ...expression('NotIn', 'a') },
      { zone: 'z', pool: 'b' },
      true,
    ],
    [
      'of both kinds selects nothing that fails one',
      { matchLabels: { zone: 'z' }, ...expression('NotIn', 'a') },
      { zone: 'z', pool: 'a' },
      false,
    ],
  ])('%s', (_, selector, labels, selected) => {
    expect(matches(projectSelector(selector), labels)).toBe(selected);
  });

  it('never takes what every object inherits for a label', () => {
    const selector = projectSelector({ matchExpressions: [{ key: 'constructor', operator: 'Exists' }] });
    expect(matches(selector, {})).toBe(false);
  });
});
