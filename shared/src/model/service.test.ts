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
    });
  });

  it('keeps the selector and the ports', () => {
    const { selector, ports } = projectService(apiService());
    expect(selector).toEqual({ app: 'web' });
    expect(ports).toEqual([{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }]);
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
