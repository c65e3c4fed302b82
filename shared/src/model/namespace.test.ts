import { describe, expect, it } from '@jest/globals';
import { apiNamespace } from '../fixtures/cluster.ts';
import { projectNamespace } from './namespace.ts';

describe('a projected namespace', () => {
  it('has no labels and no annotations where it says nothing', () => {
    expect(projectNamespace(apiNamespace())).toEqual({
      namespace: '',
      name: 'shop',
      labels: {},
      annotations: {},
    });
  });

  it('keeps its labels and annotations', () => {
    const metadata = { labels: { a: 'b' }, annotations: { c: 'd' } };
    expect(projectNamespace(apiNamespace({ metadata }))).toMatchObject(metadata);
  });
});
