import { describe, expect, it } from '@jest/globals';
import { isUsedBy, rightsIn, wordsOf, type RbacObject } from './granted.ts';

const roleRef = { kind: 'Role', name: 'r' };
const subjects = [{ kind: 'ServiceAccount', name: 'webhook' }];
const binding: RbacObject = { kind: 'RoleBinding', metadata: { name: 'b' }, roleRef, subjects };
const role = (rules: RbacObject['rules']): RbacObject => ({
  kind: 'Role',
  metadata: { name: 'r' },
  ...(rules && { rules }),
});

describe('the rights in manifests', () => {
  it('are one for each verb, kind, name and path', () => {
    const rules = [
      { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods', 'services'] },
      { verbs: ['update'], apiGroups: [''], resources: ['secrets'], resourceNames: ['tls'] },
      { verbs: ['get'], nonResourceURLs: ['/version'] },
    ];
    expect(rightsIn([role(rules), binding]).map(wordsOf)).toEqual([
      'webhook: get pods',
      'webhook: get services',
      'webhook: list pods',
      'webhook: list services',
      'webhook: update secrets tls',
      'webhook: get /version',
    ]);
  });

  it('are nobody’s without a binding', () => {
    expect(rightsIn([role([{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }])])).toEqual([]);
  });
});

describe('a right', () => {
  const rules = [{ verbs: ['update'], apiGroups: [''], resources: ['secrets'], resourceNames: ['tls'] }];
  const [right] = rightsIn([role(rules), binding]);
  const call = {
    program: 'webhook',
    verb: 'update',
    apiGroup: '',
    resource: 'secrets',
    name: 'tls',
    path: '',
    isForbidden: false,
  };

  it.each([
    ['is used by a call of its program on its object', {}, true],
    ['is not used by another program', { program: 'syncer' }, false],
    ['is not used on another object', { name: 'other' }, false],
    ['is not used by another verb', { verb: 'get' }, false],
    ['is not used on a subresource', { resource: 'secrets/status' }, false],
    ['is not used in another group', { apiGroup: 'apps' }, false],
    ['is not used by a call that was refused', { isForbidden: true }, false],
  ])('%s', (_, differs, expected) => {
    expect(right && isUsedBy(right)({ ...call, ...differs })).toBe(expected);
  });
});
