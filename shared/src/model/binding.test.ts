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
      annotations: {},
      targetGroup: undefined,
      role: undefined,
      protocol: undefined,
      targetType: undefined,
      ipAddressType: undefined,
      vpcId: undefined,
      serviceName: 'web',
      servicePort: 'http',
      nodeSelector: undefined,
      multiCluster: false,
      hasNetworking: false,
      finalizers: [],
      deletedAt: undefined,
      status: {
        observedGeneration: undefined,
        conditions: [],
        targets: undefined,
        targetGroup: undefined,
      },
    });
  });

  it('is known even without a spec', () => {
    expect(projectBinding(apiObject())).toMatchObject({ name: 'web', serviceName: '', servicePort: 0 });
  });

  it('keeps what the rules need', () => {
    const binding = apiBinding({
      metadata: {
        generation: 3,
        annotations: { 'elbv2.k8s.aws/gate-policy': 'latch' },
        finalizers: ['f'],
        deletionTimestamp: '2026-01-01T00:00:00Z',
      },
      spec: {
        targetType: 'instance',
        ipAddressType: 'ipv6',
        targetGroupProtocol: 'TCP_UDP',
        vpcID: 'vpc-1',
        iamRoleArnToAssume: 'arn:role',
        assumeRoleExternalId: 'us',
        nodeSelector: { matchLabels: { pool: 'edge' } },
        multiClusterTargetGroup: true,
        networking: { ingress: [] },
      },
    });
    expect(projectBinding(binding)).toMatchObject({
      generation: 3,
      annotations: { 'elbv2.k8s.aws/gate-policy': 'latch' },
      role: { arn: 'arn:role', externalId: 'us' },
      protocol: 'TCP_UDP',
      targetType: 'instance',
      ipAddressType: 'ipv6',
      vpcId: 'vpc-1',
      servicePort: 80,
      nodeSelector: [{ key: 'pool', operator: 'In', values: ['edge'] }],
      multiCluster: true,
      hasNetworking: true,
      finalizers: ['f'],
      deletedAt: Date.UTC(2026, 0, 1),
    });
  });

  it("drops kubectl's record of the last apply", () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}', kept: 'yes' };
    expect(projectBinding(apiBinding({ metadata: { annotations } })).annotations).toEqual({ kept: 'yes' });
  });

  it.each([
    ['with an external id', { assumeRoleExternalId: 'us' }, { arn: 'arn:role', externalId: 'us' }],
    ['without one', {}, { arn: 'arn:role', externalId: undefined }],
    [
      'without one where it is empty',
      { assumeRoleExternalId: '' },
      { arn: 'arn:role', externalId: undefined },
    ],
    ['not at all where the role is empty', { iamRoleArnToAssume: '' }, undefined],
    [
      'not at all where only the external id is there',
      { iamRoleArnToAssume: undefined, assumeRoleExternalId: 'us' },
      undefined,
    ],
  ])('assumes a role %s', (_, spec, expected) => {
    const binding = apiBinding({ spec: { iamRoleArnToAssume: 'arn:role', ...spec } });
    expect(projectBinding(binding).role).toEqual(expected);
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

describe('the projected status of a binding', () => {
  it('keeps its conditions, and fills what they may lack', () => {
    const ready = {
      type: 'Ready',
      status: 'False',
      reason: 'ServiceNotFound',
      message: 'm',
      observedGeneration: 2,
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    const status = { observedGeneration: 2, conditions: [ready, { type: 'Other', status: 'True' }] };
    expect(projectBinding(apiBinding({ status })).status).toEqual({
      observedGeneration: 2,
      conditions: [
        ready,
        {
          type: 'Other',
          status: 'True',
          reason: '',
          message: '',
          observedGeneration: undefined,
          lastTransitionTime: undefined,
        },
      ],
      targets: undefined,
      targetGroup: undefined,
    });
  });

  it('keeps the counts and the facts of the group', () => {
    const status = {
      targets: { desired: 3, healthy: 2, draining: 1, foreign: 0 },
      targetGroup: { arn: 'arn:web', targetType: 'ip' },
    };
    expect(projectBinding(apiBinding({ status })).status).toMatchObject(status);
  });
});
