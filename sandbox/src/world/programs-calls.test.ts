import { describe, expect, it } from '@jest/globals';
import { kubeCallOf } from './programs-calls.ts';

const line = (event: object): string =>
  JSON.stringify({
    user: { username: 'system:serviceaccount:targetgate-system:targetgate-syncer' },
    ...event,
  });

describe('a line of the audit log', () => {
  it('names the program, and the resource with its subresource', () => {
    const objectRef = { resource: 'pods', subresource: 'status', namespace: 'shop', name: 'web-1' };
    expect(kubeCallOf(line({ verb: 'patch', requestURI: '/api/v1/...', objectRef }))).toEqual({
      program: 'targetgate-syncer',
      verb: 'patch',
      apiGroup: '',
      resource: 'pods/status',
      name: '',
      path: '',
      isForbidden: false,
    });
  });

  it('names an object that rights may name', () => {
    const objectRef = { resource: 'leases', apiGroup: 'coordination.k8s.io', name: 'targetgate-syncer-0' };
    expect(kubeCallOf(line({ verb: 'update', requestURI: '/apis/...', objectRef }))).toMatchObject({
      apiGroup: 'coordination.k8s.io',
      name: 'targetgate-syncer-0',
    });
  });

  it('names a path that is no resource, and tells what was forbidden', () => {
    const annotations = { 'authorization.k8s.io/decision': 'forbid' };
    expect(kubeCallOf(line({ verb: 'get', requestURI: '/version', annotations }))).toMatchObject({
      resource: '',
      path: '/version',
      isForbidden: true,
    });
  });

  it('of somebody else is none', () => {
    const user = { username: 'system:serviceaccount:kube-system:deployment-controller' };
    expect(kubeCallOf(line({ user, verb: 'get', requestURI: '/version' }))).toBeUndefined();
  });
});
