import { describe, expect, it } from '@jest/globals';
import { tableLines } from './table.ts';

describe('a table', () => {
  it('has its first column on the left, and numbers on the right', () => {
    const rows = [
      ['', 'without', 'with'],
      ['failed', '332', '0'],
    ];
    expect(tableLines(rows)).toEqual(['        without  with', 'failed      332     0']);
  });
});
