import { describe, expect, it } from '@jest/globals';
import { apiNode, apiObject } from '../fixtures/cluster.ts';
import { projectNode } from './node.ts';

describe('a projected node', () => {
  it('has empty fields where a new node says nothing', () => {
    const bare = apiObject({ metadata: { namespace: undefined, name: 'node-1' } });
    expect(projectNode(bare)).toEqual({
      namespace: '',
      name: 'node-1',
      uid: 'uid-1',
      labels: {},
      providerId: undefined,
      ready: false,
      cordoned: false,
      taints: [],
      deletedAt: undefined,
    });
  });

  it('keeps what the rules need', () => {
    const node = apiNode({
      metadata: { labels: { pool: 'edge' }, deletionTimestamp: '2026-01-01T00:00:00Z' },
      spec: { unschedulable: true, taints: [{ key: 'karpenter.sh/disrupted', effect: 'NoSchedule' }] },
    });
    expect(projectNode(node)).toEqual({
      namespace: '',
      name: 'node-1',
      uid: 'uid-1',
      labels: { pool: 'edge' },
      providerId: 'aws:///us-west-2a/i-1',
      ready: true,
      cordoned: true,
      taints: ['karpenter.sh/disrupted'],
      deletedAt: Date.UTC(2026, 0, 1),
    });
  });

  it('has no providerID where it is empty', () => {
    expect(projectNode(apiNode({ spec: { providerID: '' } })).providerId).toBeUndefined();
  });

  it.each([
    { type: 'Ready', status: 'True', ready: true },
    { type: 'Ready', status: 'False', ready: false },
    { type: 'Ready', status: 'Unknown', ready: false },
    { type: 'DiskPressure', status: 'True', ready: false },
  ])('is ready: $ready with $type $status', ({ type, status, ready }) => {
    expect(projectNode(apiNode({ status: { conditions: [{ type, status }] } })).ready).toBe(ready);
  });
});
