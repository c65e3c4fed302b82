import { describe, expect, it } from '@jest/globals';
import { plannedGroups, plannedNodes, plannedPods } from './plan.ts';

const size = { groups: 20, podsPerGroup: 50 };
const pods = plannedPods(size, (position) => `address-${position}`);

describe('a planned crowd', () => {
  it('has as many pods of each group as it should, and no address or name twice', () => {
    expect(pods).toHaveLength(1000);
    for (const { name } of plannedGroups(size))
      expect(pods.filter(({ group }) => group === name)).toHaveLength(50);
    expect(new Set(pods.map(({ address }) => address)).size).toBe(1000);
    expect(new Set(pods.map(({ name }) => name)).size).toBe(1000);
  });

  it('begins with one pod of each group', () => {
    expect(new Set(pods.slice(0, 20).map(({ group }) => group)).size).toBe(20);
  });

  it('has its pods in the namespaces of their groups, on nodes that it has', () => {
    const namespaceOf = new Map(plannedGroups(size).map(({ name, namespace }) => [name, namespace]));
    const nodes = plannedNodes(size);
    for (const { group, namespace, node } of pods) {
      expect(namespace).toBe(namespaceOf.get(group));
      expect(nodes).toContain(node);
    }
  });

  it('that grows by pods keeps those that it had', () => {
    const grown = plannedPods({ ...size, podsPerGroup: 60 }, (position) => `address-${position}`);
    expect(grown.slice(0, 1000)).toEqual(pods);
  });
});
