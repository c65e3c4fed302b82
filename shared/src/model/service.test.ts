import { describe, expect, it } from '@jest/globals';
import { apiObject, apiService } from '../fixtures/cluster.ts';
import { projectService } from './service.ts';

describe('a projected service', () => {
  it('has no selector, no ports and pods of its own when it says nothing', () => {
    expect(projectService(apiObject())).toEqual({
      namespace: 'shop',
      name: 'web',
      selector: undefined,
      ports: [],
      external: false,
      publishesNotReady: false,
    });
  });

  it('keeps the selector and the ports', () => {
    const { selector, ports } = projectService(apiService());
    expect(selector).toEqual({ app: 'web' });
    expect(ports).toEqual([
      { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', nodePort: undefined },
    ]);
  });

  it('keeps the node ports, and knows none that is 0', () => {
    const ports = [
      { port: 80, nodePort: 30080 },
      { port: 90, nodePort: 0 },
    ];
    const projected = projectService(apiService({ spec: { ports } })).ports;
    expect(projected.map(({ nodePort }) => nodePort)).toEqual([30080, undefined]);
  });

  it('publishes not-ready addresses where it says so', () => {
    const service = apiService({ spec: { publishNotReadyAddresses: true } });
    expect(projectService(service).publishesNotReady).toBe(true);
  });

  it('has no selector when its selector is empty', () => {
    expect(projectService(apiService({ spec: { selector: {} } })).selector).toBeUndefined();
  });

  it.each([
    { type: undefined, external: false },
    { type: 'ClusterIP', external: false },
    { type: 'NodePort', external: false },
    { type: 'LoadBalancer', external: false },
    { type: 'ExternalName', external: true },
  ])('is external: $external with type $type', ({ type, external }) => {
    expect(projectService(apiService({ spec: { type } })).external).toBe(external);
  });

  it.each([
    ['is the port itself when it is left out', undefined, 80],
    ['is the port itself when it is 0', 0, 80],
    ['is the port itself when it is empty', '', 80],
    ['is its number', 8080, 8080],
    ['is its name', 'http', 'http'],
  ])('a targetPort %s', (_, targetPort, expected) => {
    const [port] = projectService(apiService({ spec: { ports: [{ port: 80, targetPort }] } })).ports;
    expect(port?.targetPort).toBe(expected);
  });
});
