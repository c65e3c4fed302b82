import { expect, it } from '@jest/globals';
import { entry, inputOf, podObject } from './fixtures.ts';
import { plan } from './index.ts';

const shared = new Set(['10.0.0.1:8080']);
const deleted = {
  metadata: { finalizers: ['elbv2.k8s.aws/resources'], deletionTimestamp: '2026-01-01T11:59:00Z' },
};

// Deleting one of two bindings of a target group must not empty it (LBC#4880).
it('a deleted binding hands over what another binding of its group has registered too', () => {
  const pods = [podObject(1, { open: true }), podObject(2, { open: true })];
  const { actions } = plan(
    inputOf({ binding: deleted, pods, ledger: [entry(1), entry(2)], more: { shared } }),
  );
  expect(actions).toEqual([
    { kind: 'deregister', removals: [{ entry: entry(2), cause: 'binding-deleted' }] },
    { kind: 'hand-over', entries: [entry(1)] },
  ]);
});

it('a pod that terminates is deregistered although another binding has it too', () => {
  const pods = [podObject(1, { terminating: true })];
  const { actions } = plan(inputOf({ pods, ledger: [entry(1)], more: { shared } }));
  expect(actions).toEqual([
    { kind: 'deregister', removals: [{ entry: entry(1), cause: 'pod-terminating' }] },
  ]);
});
