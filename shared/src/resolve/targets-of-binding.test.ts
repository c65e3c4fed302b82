import { describe, expect, it } from '@jest/globals';
import type { ApiObject } from '../fixtures/cluster.ts';
import { registrationsOf, resolve, targetsOf, type Cluster } from './fixtures.ts';

const instance: ApiObject = { spec: { targetType: 'instance' } };
const untyped: ApiObject = { spec: { targetType: undefined } };
const nodePort = { spec: { ports: [{ name: 'http', port: 80, targetPort: 'http', nodePort: 30080 }] } };
const unselecting = { spec: { selector: undefined } };

describe('a binding', () => {
  it.each<[string, Cluster, string | readonly string[]]>([
    [
      'whose target group has a problem has that problem, whatever its service',
      { binding: { spec: { targetGroupARN: undefined } }, services: [] },
      'TargetGroupNotSet',
    ],
    ['whose service is missing has no targets', { services: [] }, 'ServiceNotFound'],
    [
      'whose service is in another namespace has no targets',
      { services: [{ metadata: { namespace: 'bank' } }] },
      'ServiceNotFound',
    ],
    [
      'of an ExternalName service has no targets',
      { services: [{ spec: { type: 'ExternalName' } }] },
      'ServiceHasNoSelector',
    ],
    [
      'of an ExternalName service that was left a selector has no targets',
      { services: [{ spec: { type: 'ExternalName', selector: { app: 'web' } } }], slices: [{}] },
      'ServiceHasNoSelector',
    ],
    [
      'whose port the service lacks has no targets',
      { binding: { spec: { serviceRef: { name: 'web', port: 'https' } } } },
      'ServicePortNotFound',
    ],
    [
      'of targetType instance whose service has no node port has no targets',
      { binding: instance, nodes: [{}] },
      'ServiceHasNoNodePort',
    ],
    [
      'of targetType instance has nodes, on the node port',
      { binding: instance, services: [nodePort], nodes: [{}] },
      ['node-1 i-1:30080'],
    ],
    [
      'of targetType instance has nodes even where the service has no selector',
      {
        binding: instance,
        services: [{ spec: { ...nodePort.spec, selector: undefined } }],
        nodes: [{}],
      },
      ['node-1 i-1:30080'],
    ],
    [
      'of targetType ip has pods, whatever the node port',
      { services: [nodePort], nodes: [{}] },
      ['web-1 10.0.0.1:8080'],
    ],
    ['of targetType ip has pods where there are slices too', { slices: [{}] }, ['web-1 10.0.0.1:8080']],
    [
      'of targetType ip whose service has no selector has nothing until somebody writes endpoints',
      { services: [unselecting] },
      'EndpointsNotFound',
    ],
    [
      'of targetType ip whose service has no selector has the endpoints that somebody wrote',
      { services: [unselecting], slices: [{}] },
      ['192.168.0.1 192.168.0.1:8080'],
    ],
    ['without targetType has none until it is known', { binding: untyped }, 'TargetTypeUnknown'],
    [
      'without targetType has pods where its group takes ip targets',
      { binding: untyped, group: { targetType: 'ip' } },
      ['web-1 10.0.0.1:8080'],
    ],
    [
      'without targetType has nodes where its group takes instances',
      { binding: untyped, group: { targetType: 'instance' }, services: [nodePort], nodes: [{}] },
      ['node-1 i-1:30080'],
    ],
  ])('%s', (_, cluster, expected) => {
    expect(targetsOf(cluster)).toEqual(expected);
  });

  it.each([
    ['a ClusterIP service', { type: 'ClusterIP', clusterIP: '10.96.0.1' }],
    ['a headless service', { type: 'ClusterIP', clusterIP: 'None' }],
    ['a LoadBalancer service', { type: 'LoadBalancer' }],
  ])('may be of %s', (_, spec) => {
    expect(targetsOf({ services: [{ spec }] })).toEqual(['web-1 10.0.0.1:8080']);
  });

  it.each<[string, Cluster, string]>([
    ['the service', { services: [] }, 'shop/web'],
    [
      'the port',
      { binding: { spec: { serviceRef: { name: 'web', port: 'https' } } } },
      'shop/web has no port https',
    ],
    [
      'the port that is on no node',
      { binding: instance, nodes: [{}] },
      'shop/web has no node port for port 80',
    ],
    [
      'the port that is in no slice',
      { services: [unselecting] },
      'no EndpointSlice says its ipv4 addresses for port "http" (TCP)',
    ],
  ])('names %s that it has a problem with', (_, cluster, named) => {
    expect(resolve(cluster).problem?.message).toContain(named);
  });
});

describe('the family of the addresses', () => {
  const dualStack = { status: { podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] } };

  it.each([
    ['is IPv4 where nobody says otherwise', undefined, undefined, '10.0.0.1'],
    ['is what the binding says', 'ipv6', undefined, 'fd00::1'],
    ['is what the group takes where the binding leaves it out', undefined, 'ipv6', 'fd00::1'],
    ['is what both say', 'ipv6', 'ipv6', 'fd00::1'],
  ] as const)('%s', (_, ipAddressType, ofGroup, expected) => {
    const cluster = { binding: { spec: { ipAddressType } }, pods: [dualStack] };
    const group = ofGroup && { ipAddressType: ofGroup };
    expect(targetsOf({ ...cluster, group })).toEqual([`web-1 ${expected}:8080`]);
  });
});

describe('the protocol that picks one of two ports with the same number', () => {
  const dns = [
    { name: 'dns-tcp', port: 53, targetPort: 5301, protocol: 'TCP' },
    { name: 'dns', port: 53, targetPort: 5302, protocol: 'UDP' },
  ];

  it.each([
    ["is the group's", undefined, 'UDP', 5302],
    ["is the binding's before the group's", 'TCP', 'UDP', 5301],
    ["is the binding's while the group is not known", 'UDP', undefined, 5302],
  ] as const)('%s', (_, targetGroupProtocol, ofGroup, expected) => {
    const binding = { spec: { serviceRef: { name: 'web', port: 53 }, targetGroupProtocol } };
    const group = ofGroup && { protocol: ofGroup };
    expect(targetsOf({ binding, group, services: [{ spec: { ports: dns } }] })).toEqual([
      `web-1 10.0.0.1:${expected}`,
    ]);
  });
});

describe('the gate of a binding', () => {
  it('makes the difference between a pod that is ContainersReady and one that is Ready', () => {
    const ready = { conditions: [{ type: 'ContainersReady', status: 'True' }] };
    const gated = { spec: { readinessGates: [{ conditionType: 'target-health.elbv2.k8s.aws/web' }] } };
    expect(registrationsOf({ pods: [{ ...gated, status: ready }] })).toEqual(['web-1 wanted']);
    expect(registrationsOf({ pods: [{ status: ready }] })).toEqual(['web-1 not-ready']);
  });
});
