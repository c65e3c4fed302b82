import { describe, expect, it } from '@jest/globals';
import { apiEndpointSlice } from '../fixtures/cluster.ts';
import { projectEndpointSlice } from './endpoint-slice.ts';

describe('a projected endpoint slice', () => {
  it('keeps what the rules need', () => {
    expect(projectEndpointSlice(apiEndpointSlice())).toEqual({
      namespace: 'shop',
      name: 'web-slice',
      serviceName: 'web',
      family: 'ipv4',
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      endpoints: [{ address: '192.168.0.1', ready: true, terminating: false, pod: undefined }],
    });
  });

  it('may have no ports, no endpoints and no service', () => {
    const slice = apiEndpointSlice({ metadata: { labels: undefined }, ports: null, endpoints: null });
    expect(projectEndpointSlice(slice)).toMatchObject({ serviceName: '', ports: [], endpoints: [] });
  });

  it.each([
    ['IPv4', 'ipv4'],
    ['IPv6', 'ipv6'],
    ['FQDN', 'fqdn'],
  ])('of type %s has the family %s', (addressType, family) => {
    expect(projectEndpointSlice(apiEndpointSlice({ addressType })).family).toBe(family);
  });

  it.each([
    ['is of TCP where it names no protocol', { name: 'a', port: 1 }, { name: 'a', port: 1, protocol: 'TCP' }],
    [
      'has an empty name where it has none',
      { name: null, port: 1, protocol: 'UDP' },
      { name: '', port: 1, protocol: 'UDP' },
    ],
    [
      'has no number where it means all ports',
      { name: 'a', port: null, protocol: null },
      { name: 'a', port: undefined, protocol: 'TCP' },
    ],
  ])('a port of it %s', (_, port, expected) => {
    expect(projectEndpointSlice(apiEndpointSlice({ ports: [port] })).ports).toEqual([expected]);
  });

  it.each([
    ['says nothing: it is ready', undefined, { ready: true, terminating: false }],
    ['does not know: it is ready', { ready: null, terminating: null }, { ready: true, terminating: false }],
    ['is not ready', { ready: false }, { ready: false, terminating: false }],
    ['is terminating', { ready: false, terminating: true }, { ready: false, terminating: true }],
  ])('an endpoint of it %s', (_, conditions, expected) => {
    const endpoints = [{ addresses: ['192.168.0.1'], conditions }];
    expect(projectEndpointSlice(apiEndpointSlice({ endpoints })).endpoints).toMatchObject([expected]);
  });

  it('has the first address of each endpoint, and no endpoint without one', () => {
    const endpoints = [{ addresses: ['192.168.0.1', '192.168.0.2'] }, { addresses: [] }];
    const projected = projectEndpointSlice(apiEndpointSlice({ endpoints })).endpoints;
    expect(projected.map(({ address }) => address)).toEqual(['192.168.0.1']);
  });

  it.each([
    ['a pod', { kind: 'Pod', name: 'db-0', uid: 'uid-7' }, { name: 'db-0', uid: 'uid-7' }],
    ['a pod whose uid nobody says', { kind: 'Pod', name: 'db-0' }, undefined],
    ['a node', { kind: 'Node', name: 'node-1', uid: 'uid-7' }, undefined],
    ['nothing', undefined, undefined],
  ])('knows the pod of an endpoint that refers to %s', (_, targetRef, pod) => {
    const endpoints = [{ addresses: ['192.168.0.1'], targetRef }];
    expect(projectEndpointSlice(apiEndpointSlice({ endpoints })).endpoints[0]?.pod).toEqual(pod);
  });
});
