import { expect, it } from '@jest/globals';
import { tableOf, valuesOf } from './values-table.ts';

const yaml = `# About the file.

# The first,
# on two lines
first: a|b

group:
  # In a group
  inner: ''
  # Known by its comment, not by those of its parts
  parts:
    one: 1
    two: []
  bare: true
# Empty
last: {}
long: ${'x'.repeat(80)}
`;

it('each value has its name with dots, its default on one line, and the comment above it', () => {
  expect(valuesOf(yaml)).toEqual([
    { name: 'first', default: '`a|b`', meaning: 'The first, on two lines' },
    { name: 'group.inner', default: "`''`", meaning: 'In a group' },
    {
      name: 'group.parts',
      default: '`{ one: 1, two: [] }`',
      meaning: 'Known by its comment, not by those of its parts',
    },
    { name: 'group.bare', default: '`true`', meaning: '' },
    { name: 'last', default: '`{}`', meaning: 'Empty' },
    { name: 'long', default: 'see values.yaml', meaning: '' },
  ]);
});

it('a table of them keeps what would end a cell', () => {
  expect(tableOf(valuesOf('# One\na: b|c\n# And two\nlonger: 1\n'))).toBe(
    [
      '| value    | default | meaning |',
      '| -------- | ------- | ------- |',
      '| `a`      | `b\\|c`  | One     |',
      '| `longer` | `1`     | And two |',
    ].join('\n'),
  );
});
