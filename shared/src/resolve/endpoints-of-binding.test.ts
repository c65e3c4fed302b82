import { describe, expect, it } from '@jest/globals';
import type { ApiEndpointSlice } from '../fixtures/cluster.ts';
import { registrationsOf, resolve, targetsOf, type Cluster } from './fixtures.ts';

/** A binding of a service without a selector, and the slices that somebody wrote for it. */
const cluster = (slices: readonly ApiEndpointSlice[], spec: Record<string, unknown> = {}): Cluster => ({
  services: [{ spec: { selector: undefined, ...spec } }],
  slices,
});

/** A slice with one address, of these conditions. */
const slice = (name: string, address: string, conditions = {}, more: ApiEndpointSlice = {}) => ({
  metadata: { name },
  endpoints: [{ addresses: [address], conditions }],
  ...more,
});

describe('an endpoint', () => {
  it('is known by its address where it has no pod', () => {
    expect(resolve(cluster([{}])).candidates).toEqual([
      {
        subject: { kind: 'endpoint', name: '192.168.0.1', uid: 'endpoint:192.168.0.1' },
        registration: 'wanted',
        target: { id: '192.168.0.1', port: 8080 },
      },
    ]);
  });

  it('LBC#4343: is known by the uid of its pod where it has one, so that an address used again is another', () => {
    const targetRef = { kind: 'Pod', name: 'db-0', uid: 'uid-7' };
    const { candidates } = resolve(cluster([{ endpoints: [{ addresses: ['192.168.0.1'], targetRef }] }]));
    expect(candidates?.[0]?.subject).toEqual({ kind: 'endpoint', name: '192.168.0.1', uid: 'uid-7' });
  });

  it.each([
    ['that says nothing is ready', {}, false, 'wanted'],
    ['that is ready is wanted', { ready: true }, false, 'wanted'],
    ['that is not ready is not ready', { ready: false }, false, 'not-ready'],
    ['that is not ready is wanted where the service publishes it', { ready: false }, true, 'wanted'],
    ['that is terminating leaves', { ready: false, terminating: true }, false, 'leaving'],
    ['that is terminating leaves, ready or not', { ready: true, terminating: true }, false, 'leaving'],
    ['that is terminating leaves, published or not', { ready: true, terminating: true }, true, 'leaving'],
  ])('%s', (_, conditions, publishNotReadyAddresses, registration) => {
    const slices = [slice('a', '192.168.0.1', conditions)];
    expect(registrationsOf(cluster(slices, { publishNotReadyAddresses }))).toEqual([
      `192.168.0.1 ${registration}`,
    ]);
  });

  const [ready, notReady, terminating] = [{}, { ready: false }, { ready: false, terminating: true }];
  it.each([
    ['is one candidate', ready, ready, 'wanted'],
    ['is wanted where one slice says ready, the other not', ready, notReady, 'wanted'],
    ['is wanted where one slice says ready, the other terminating', ready, terminating, 'wanted'],
    ['is not ready where one slice says so, the other terminating', notReady, terminating, 'not-ready'],
  ])('in two slices %s', (_, one, other, registration) => {
    for (const [a, b] of [
      [one, other],
      [other, one],
    ]) {
      const slices = [slice('a', '192.168.0.1', a), slice('b', '192.168.0.1', b)];
      expect(registrationsOf(cluster(slices))).toEqual([`192.168.0.1 ${registration}`]);
    }
  });
});

describe('the endpoints of a binding', () => {
  it('come from all slices of the service, in the order of their addresses', () => {
    const slices = [slice('b', '192.168.0.1'), slice('a', '192.168.0.3'), slice('c', '192.168.0.2')];
    expect(targetsOf(cluster(slices))).toEqual([
      '192.168.0.1 192.168.0.1:8080',
      '192.168.0.2 192.168.0.2:8080',
      '192.168.0.3 192.168.0.3:8080',
    ]);
  });

  it('are none where a slice has none, which is no problem', () => {
    expect(targetsOf(cluster([{ endpoints: null }]))).toEqual([]);
  });

  it('are those of the family', () => {
    const slices = [slice('v4', '192.168.0.1'), slice('v6', 'fd00::1', {}, { addressType: 'IPv6' })];
    expect(targetsOf({ ...cluster(slices), binding: { spec: { ipAddressType: 'ipv6' } } })).toEqual([
      'fd00::1 fd00::1:8080',
    ]);
  });

  const ports = (...list: object[]): ApiEndpointSlice => ({ ports: list as Record<string, unknown>[] });
  const unnamed = { ports: [{ port: 80 }] };
  it.each<[string, ApiEndpointSlice, Record<string, unknown>, string | string[]]>([
    [
      'are on the port of the same name, whatever its number',
      ports({ name: 'admin', port: 80 }, { name: 'http', port: 3000 }),
      {},
      ['192.168.0.1 192.168.0.1:3000'],
    ],
    [
      'are on the port without a name where the service port has none',
      ports({ name: 'http', port: 80 }, { name: '', port: 3000 }),
      unnamed,
      ['192.168.0.1 192.168.0.1:3000'],
    ],
    [
      'are on the port of the same protocol',
      ports({ name: 'http', port: 1, protocol: 'UDP' }, { name: 'http', port: 2, protocol: 'TCP' }),
      {},
      ['192.168.0.1 192.168.0.1:2'],
    ],
    [
      'are not found where no slice has the port',
      ports({ name: 'admin', port: 80 }),
      {},
      'EndpointsNotFound',
    ],
    ['are not found where the port has no number', ports({ name: 'http' }), {}, 'EndpointsNotFound'],
    ['are not found where slices have no ports', { ports: null }, {}, 'EndpointsNotFound'],
    ['are not found where slices are of another family', { addressType: 'IPv6' }, {}, 'EndpointsNotFound'],
    ['are not found where slices have names for addresses', { addressType: 'FQDN' }, {}, 'EndpointsNotFound'],
    [
      'are not found where slices are of another service',
      { metadata: { labels: { 'kubernetes.io/service-name': 'api' } } },
      {},
      'EndpointsNotFound',
    ],
    [
      'are not found where slices are in another namespace',
      { metadata: { namespace: 'bank' } },
      {},
      'EndpointsNotFound',
    ],
  ])('%s', (_, one, service, expected) => {
    expect(targetsOf(cluster([one], service))).toEqual(expected);
  });
});
