import { describe, expect, it } from '@jest/globals';
import { apiBinding, apiObject } from '../fixtures/cluster.ts';
import { projectBinding } from './binding.ts';

describe('a projected binding', () => {
  it('has defaults for all that may be left out', () => {
    const minimal = apiObject({ spec: { serviceRef: { name: 'web', port: 'http' } } });
    expect(projectBinding(minimal)).toEqual({
      namespace: 'shop',
      name: 'web',
      uid: 'uid-1',
      generation: 0,
      targetGroup: undefined,
      targetType: undefined,
      ipAddressType: 'ipv4',
      serviceName: 'web',
      servicePort: 'http',
      finalizers: [],
      deletedAt: undefined,
      status: { observedGeneration: undefined, ready: undefined },
    });
  });

  it('keeps what the rules need', () => {
    const binding = apiBinding({
      metadata: { generation: 3, finalizers: ['f'], deletionTimestamp: '2026-01-01T00:00:00Z' },
      spec: { targetType: 'instance', ipAddressType: 'ipv6' },
      status: {
        observedGeneration: 2,
        conditions: [
          { type: 'Other', status: 'True' },
          { type: 'Ready', status: 'False', reason: 'ServiceNotFound' },
        ],
      },
    });
    expect(projectBinding(binding)).toMatchObject({
      generation: 3,
      targetType: 'instance',
      ipAddressType: 'ipv6',
      servicePort: 80,
      finalizers: ['f'],
      deletedAt: Date.UTC(2026, 0, 1),
      status: { observedGeneration: 2, ready: { status: 'False', reason: 'ServiceNotFound', message: '' } },
    });
  });

  it.each([
    ['by its ARN', { targetGroupARN: 'arn:web', targetGroupName: undefined }, { by: 'arn', arn: 'arn:web' }],
    ['by its name', { targetGroupARN: undefined, targetGroupName: 'web' }, { by: 'name', name: 'web' }],
    [
      'by its ARN where both are given',
      { targetGroupARN: 'arn:web', targetGroupName: 'web' },
      { by: 'arn', arn: 'arn:web' },
    ],
    [
      'by its name where the ARN is empty',
      { targetGroupARN: '', targetGroupName: 'web' },
      { by: 'name', name: 'web' },
    ],
    ['by nothing where both are empty', { targetGroupARN: '', targetGroupName: '' }, undefined],
  ])('finds its target group %s', (_, spec, expected) => {
    expect(projectBinding(apiBinding({ spec })).targetGroup).toEqual(expected);
  });
});
