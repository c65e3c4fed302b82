import { describe, expect, it } from '@jest/globals';
import type { ApiObject } from '../fixtures/cluster.ts';
import { registrationsOf, resolve, targetsOf } from './fixtures.ts';

const pod = (name: string, ip: string, containerPort = 8080): ApiObject => ({
  metadata: { name },
  spec: { containers: [{ ports: [{ name: 'http', containerPort }] }] },
  status: { podIPs: [{ ip }] },
});

describe('the pods of a binding', () => {
  it('are those that the service selects in its namespace', () => {
    const pods = [
      pod('web-1', '10.0.0.1'),
      { ...pod('api-1', '10.0.0.2'), metadata: { name: 'api-1', labels: { app: 'api' } } },
      { ...pod('web-1', '10.0.0.3'), metadata: { name: 'web-1', namespace: 'bank' } },
    ];
    expect(targetsOf({ pods })).toEqual(['web-1 10.0.0.1:8080']);
  });

  it('are told apart by their uids, and come with the whole pod', () => {
    const { candidates } = resolve({ pods: [{ metadata: { uid: 'uid-7' } }] });
    expect(candidates).toMatchObject([
      { subject: { kind: 'pod', name: 'web-1', uid: 'uid-7' }, pod: { name: 'web-1', ips: ['10.0.0.1'] } },
    ]);
  });

  it('include terminating and finished ones: removing them needs a cause, which they are', () => {
    const terminating = { metadata: { deletionTimestamp: '2026-01-01T00:00:30Z' } };
    const finished = {
      metadata: { name: 'web-2' },
      status: { phase: 'Failed', podIPs: [{ ip: '10.0.0.2' }] },
    };
    const pods = [terminating, finished];
    expect(targetsOf({ pods })).toEqual(['web-1 10.0.0.1:8080', 'web-2 10.0.0.2:8080']);
    expect(registrationsOf({ pods })).toEqual(['web-1 leaving', 'web-2 leaving']);
  });

  it('come in the order of their names, whatever the order they were seen in', () => {
    const [a, b, c] = [pod('a', '10.0.0.3'), pod('b', '10.0.0.2'), pod('c', '10.0.0.1')];
    const expected = ['a 10.0.0.3:8080', 'b 10.0.0.2:8080', 'c 10.0.0.1:8080'];
    for (const pods of [
      [a, b, c],
      [c, a, b],
      [b, c, a],
    ])
      expect(targetsOf({ pods })).toEqual(expected);
  });

  it.each<[string, ApiObject]>([
    ['on the network of their node', { spec: { hostNetwork: true, nodeName: 'node-1' } }],
    [
      'on Fargate',
      {
        metadata: { labels: { app: 'web', 'eks.amazonaws.com/fargate-profile': 'web' } },
        spec: { nodeName: 'fargate-node' },
      },
    ],
  ])('may be %s', (_, { metadata, spec }) => {
    const fargate = {
      metadata: { name: 'fargate-node', labels: { 'eks.amazonaws.com/compute-type': 'fargate' } },
    };
    const containers = [{ ports: [{ name: 'http', containerPort: 8080 }] }];
    const ready = { podIPs: [{ ip: '10.0.0.9' }], conditions: [{ type: 'Ready', status: 'True' }] };
    const cluster = {
      pods: [{ ...(metadata && { metadata }), spec: { ...spec, containers }, status: ready }],
      nodes: [{ metadata: { name: 'node-1' } }, fargate],
    };
    expect(targetsOf(cluster)).toEqual(['web-1 10.0.0.9:8080']);
    expect(registrationsOf(cluster)).toEqual(['web-1 wanted']);
  });

  it('are none where the service selects none, which is no problem', () => {
    expect(targetsOf({ pods: [] })).toEqual([]);
  });

  it('of a service that publishes not-ready addresses are wanted before they are ready', () => {
    const services = [{ spec: { publishNotReadyAddresses: true } }];
    expect(registrationsOf({ services })).toEqual(['web-1 wanted']);
    expect(registrationsOf({})).toEqual(['web-1 not-ready']);
  });

  const ready = { conditions: [{ type: 'Ready', status: 'True' }] };
  it.each([
    ['whose node is there is wanted', 'node-1', ['node-1'], 'wanted'],
    [
      'LBC#2702: whose node is gone is not ready, though its status says that it is',
      'node-1',
      ['node-2'],
      'not-ready',
    ],
    ['is not judged by its node where no node is known at all', 'node-1', [], 'wanted'],
    ['that is on no node yet is not judged by one', undefined, ['node-1'], 'wanted'],
  ])('one %s', (_, nodeName, nodes, registration) => {
    const cluster = { pods: [{ spec: { nodeName }, status: ready }] };
    const known = nodes.map((name) => ({ metadata: { name } }));
    expect(registrationsOf({ ...cluster, nodes: known })).toEqual([`web-1 ${registration}`]);
  });
});

describe('the target port of a pod', () => {
  it('is looked up pod by pod where it has a name', () => {
    const pods = [pod('web-1', '10.0.0.1', 8080), pod('web-2', '10.0.0.2', 9090)];
    expect(targetsOf({ pods })).toEqual(['web-1 10.0.0.1:8080', 'web-2 10.0.0.2:9090']);
  });

  it('is the number of the service, which no container need declare', () => {
    const services = [{ spec: { ports: [{ port: 80, targetPort: 3000 }] } }];
    expect(targetsOf({ services })).toEqual(['web-1 10.0.0.1:3000']);
  });

  it('is the service port where the service gives none', () => {
    expect(targetsOf({ services: [{ spec: { ports: [{ port: 80 }] } }] })).toEqual(['web-1 10.0.0.1:80']);
  });

  it('is the one with the protocol of the service port where two share a name', () => {
    const ports = [
      { name: 'http', containerPort: 1, protocol: 'UDP' },
      { name: 'http', containerPort: 2, protocol: 'TCP' },
    ];
    expect(targetsOf({ pods: [{ spec: { containers: [{ ports }] } }] })).toEqual(['web-1 10.0.0.1:2']);
  });

  it('is a problem of the one pod that lacks the name', () => {
    const unnamed = {
      metadata: { name: 'web-2' },
      spec: { containers: [{ ports: [{ containerPort: 8080 }] }] },
    };
    expect(targetsOf({ pods: [{}, unnamed] })).toEqual([
      'web-1 10.0.0.1:8080',
      'web-2: ContainerPortNotFound',
    ]);
  });
});

describe('the address of a pod', () => {
  const dualStack = { status: { podIPs: [{ ip: 'fd00::1' }, { ip: '10.0.0.1' }] } };

  it.each([
    ['is its IPv4 one for an ipv4 binding', 'ipv4', dualStack, ['web-1 10.0.0.1:8080']],
    ['is its IPv6 one for an ipv6 binding', 'ipv6', dualStack, ['web-1 fd00::1:8080']],
    ['is missing where the pod has none of that family', 'ipv6', {}, ['web-1: PodAddressNotFound']],
    [
      'is missing while the pod has none yet',
      'ipv4',
      { status: { podIPs: undefined } },
      ['web-1: PodAddressNotFound'],
    ],
  ])('%s', (_, ipAddressType, onePod, expected) => {
    expect(targetsOf({ binding: { spec: { ipAddressType } }, pods: [onePod] })).toEqual(expected);
  });
});
