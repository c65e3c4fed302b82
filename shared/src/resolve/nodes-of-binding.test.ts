import { describe, expect, it } from '@jest/globals';
import type { ApiObject } from '../fixtures/cluster.ts';
import { registrationsOf, resolve, targetsOf, type Cluster } from './fixtures.ts';

const services = [{ spec: { ports: [{ port: 80, nodePort: 30080 }] } }];

/** A cluster with these nodes and an instance binding. */
const cluster = (nodes: readonly ApiObject[], spec: Record<string, unknown> = {}): Cluster => ({
  binding: { spec: { targetType: 'instance', ...spec } },
  services,
  nodes,
});
const labelled = (labels: Record<string, string>): ApiObject => ({ metadata: { labels } });

describe('a node', () => {
  it('is a target by its instance id and the node port', () => {
    expect(resolve(cluster([{ metadata: { uid: 'uid-7' } }])).candidates).toEqual([
      {
        subject: { kind: 'node', name: 'node-1', uid: 'uid-7' },
        registration: 'wanted',
        target: { id: 'i-1', port: 30080 },
      },
    ]);
  });

  it.each([
    ['in the control plane', { 'node-role.kubernetes.io/control-plane': '' }],
    ['in the control plane by its old name', { 'node-role.kubernetes.io/master': '' }],
    [
      'excluded from external load balancers',
      { 'node.kubernetes.io/exclude-from-external-load-balancers': 'true' },
    ],
    [
      'excluded by any value of that label',
      { 'node.kubernetes.io/exclude-from-external-load-balancers': '' },
    ],
    ['excluded by the alpha label', { 'alpha.service-controller.kubernetes.io/exclude-balancer': 'true' }],
    ['of Fargate', { 'eks.amazonaws.com/compute-type': 'fargate' }],
  ])('is no candidate when it is %s', (_, labels) => {
    expect(targetsOf(cluster([labelled(labels)]))).toEqual([]);
  });

  it('of another compute type than Fargate is a candidate', () => {
    const auto = labelled({ 'eks.amazonaws.com/compute-type': 'auto' });
    expect(targetsOf(cluster([auto]))).toEqual(['node-1 i-1:30080']);
  });

  const edge = { nodeSelector: { matchLabels: { pool: 'edge' } } };
  it.each([
    ['that the nodeSelector picks is a candidate', { pool: 'edge' }, ['node-1 i-1:30080']],
    ['that the nodeSelector does not pick is none', { pool: 'batch' }, []],
    [
      'that the nodeSelector picks is none where the defaults leave it out',
      { pool: 'edge', 'node-role.kubernetes.io/control-plane': '' },
      [],
    ],
  ])('%s', (_, labels, expected) => {
    expect(targetsOf(cluster([labelled(labels)], edge))).toEqual(expected);
  });
});

describe('a node without an instance', () => {
  const withProvider = (providerID: string | undefined): ApiObject => ({ spec: { providerID } });

  it.each<[string, ApiObject, string]>([
    ['has no providerID', withProvider(undefined), 'node node-1 has no providerID'],
    [
      'is a hybrid node by its providerID',
      withProvider('eks-hybrid:///us-west-2/cluster/mi-0123'),
      'node node-1 is a hybrid node',
    ],
    [
      'is a hybrid node by its label',
      labelled({ 'eks.amazonaws.com/compute-type': 'hybrid' }),
      'node node-1 is a hybrid node',
    ],
    [
      'has the providerID of another cloud',
      withProvider('gce://project/zone/node-1'),
      'node node-1 has providerID gce://project/zone/node-1',
    ],
    [
      'has the providerID of a Fargate pod',
      withProvider('aws:///us-west-2a/ab12/fargate-ip-10-0-0-1'),
      'is no EC2 instance',
    ],
  ])('%s, is named, and keeps no other node from being a target', (_, node, message) => {
    const other = { metadata: { name: 'node-2' }, spec: { providerID: 'aws:///us-west-2b/i-2' } };
    const nodes = [node, other];
    expect(targetsOf(cluster(nodes))).toEqual(['node-1: NodeHasNoInstance', 'node-2 i-2:30080']);
    expect(resolve(cluster(nodes)).candidates?.[0]?.problem?.message).toContain(message);
  });

  it.each(['aws:///us-west-2a/i-0abc', 'aws://us-west-2a/i-0abc', 'i-0abc'])(
    'is not one with providerID %s',
    (providerID) => {
      expect(targetsOf(cluster([withProvider(providerID)]))).toEqual(['node-1 i-0abc:30080']);
    },
  );
});

describe('the registration of a node', () => {
  const tainted = (...keys: string[]): ApiObject => ({
    spec: {
      providerID: 'aws:///us-west-2a/i-1',
      taints: keys.map((key) => ({ key, effect: 'NoSchedule' })),
    },
  });
  const notReady = { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } };

  it.each<[string, ApiObject, string]>([
    ['that is ready is wanted', {}, 'wanted'],
    ['that is not ready, or silent, is not ready', notReady, 'not-ready'],
    ['that is only cordoned is wanted', tainted('node.kubernetes.io/unschedulable'), 'wanted'],
    ["with somebody's own taint is wanted", tainted('example.com/gpu'), 'wanted'],
    ['that is being deleted leaves', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }, 'leaving'],
    [
      'LBC#2702: that Karpenter is about to end leaves before it dies',
      tainted('karpenter.sh/disrupted'),
      'leaving',
    ],
    [
      'LBC#2702: that an older Karpenter is about to end leaves',
      tainted('karpenter.sh/disruption'),
      'leaving',
    ],
    [
      'LBC#2702: that cluster-autoscaler is about to end leaves',
      tainted('ToBeDeletedByClusterAutoscaler'),
      'leaving',
    ],
    [
      'LBC#2702: whose spot instance is interrupted leaves',
      tainted('aws-node-termination-handler/spot-itn'),
      'leaving',
    ],
    [
      'whose group scales in leaves',
      tainted('aws-node-termination-handler/asg-lifecycle-termination'),
      'leaving',
    ],
    ['whose machine is shut down leaves', tainted('node.cloudprovider.kubernetes.io/shutdown'), 'leaving'],
    ['that is out of service leaves', tainted('node.kubernetes.io/out-of-service'), 'leaving'],
    [
      'that has such a taint among others leaves',
      tainted('example.com/gpu', 'karpenter.sh/disrupted'),
      'leaving',
    ],
    [
      'that has such a taint leaves, ready or not',
      { ...tainted('karpenter.sh/disrupted'), ...notReady },
      'leaving',
    ],
  ])('%s', (_, node, registration) => {
    expect(registrationsOf(cluster([node]))).toEqual([`node-1 ${registration}`]);
  });

  it('karpenter-provider-aws#4673: whose end is called off returns', () => {
    const states = [{}, tainted('karpenter.sh/disrupted'), tainted()];
    expect(states.map((node) => registrationsOf(cluster([node])))).toEqual([
      ['node-1 wanted'],
      ['node-1 leaving'],
      ['node-1 wanted'],
    ]);
  });
});

describe('the nodes of a binding', () => {
  it('come in the order of their names', () => {
    const nodes = ['c', 'a', 'b'].map((name) => ({ metadata: { name } }));
    expect(registrationsOf(cluster(nodes))).toEqual(['a wanted', 'b wanted', 'c wanted']);
  });

  it('are none in a cluster that has none, which is no problem', () => {
    expect(targetsOf(cluster([]))).toEqual([]);
  });
});
