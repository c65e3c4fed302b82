import { describe, expect, it } from '@jest/globals';
import { routePods, type PodRouter } from './pod-router.ts';
import { testPod } from './test-pod.ts';

/** A router whose workers write down what they are told. */
function router() {
  const seen: string[] = [];
  const subject = routePods({
    start: ({ uid, nodeName }) => {
      if (nodeName !== 'node-1') return undefined;
      seen.push(`start ${uid}`);
      return {
        update: () => void seen.push(`update ${uid}`),
        abandon: () => {
          seen.push(`abandon ${uid}`);
          return Promise.resolve();
        },
      };
    },
    note: ({ uid }, phase) => void seen.push(`${phase} ${uid}`),
  });
  const change: PodRouter['change'] = (change) => subject.change(change);
  return { seen, change, lose: (node: string) => subject.lose(node), close: () => subject.close() };
}

const unbound = testPod({ spec: { nodeName: undefined, containers: [] } });
const bound = testPod();
const deleted = testPod({ metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
const namesake = testPod({ metadata: { uid: 'uid-2' } });
const elsewhere = testPod({ spec: { nodeName: 'fargate-1', containers: [] } });

describe('the router', () => {
  it('starts a pod when it is bound, tells its worker of changes, and drops it when it is gone', () => {
    const { seen, change } = router();
    change({ before: undefined, after: unbound });
    change({ before: unbound, after: bound });
    change({ before: bound, after: deleted });
    change({ before: deleted, after: undefined });
    expect(seen).toEqual([
      'created uid-1',
      'scheduled uid-1',
      'start uid-1',
      'deleted uid-1',
      'update uid-1',
      'gone uid-1',
      'abandon uid-1',
    ]);
  });

  it('ends one pod and starts another where a name comes back with another uid', () => {
    const { seen, change } = router();
    change({ before: undefined, after: bound });
    change({ before: bound, after: namesake });
    expect(seen.slice(3)).toEqual([
      'gone uid-1',
      'abandon uid-1',
      'created uid-2',
      'scheduled uid-2',
      'start uid-2',
    ]);
  });

  it('leaves the pods of other nodes alone', () => {
    const { seen, change } = router();
    change({ before: undefined, after: elsewhere });
    expect(seen).toEqual(['created uid-1', 'scheduled uid-1']);
  });

  it('ends the pods of a node that is lost, once, and no others', async () => {
    const { seen, change, lose } = router();
    change({ before: undefined, after: bound });
    await lose('node-2');
    expect(seen).not.toContain('abandon uid-1');
    await lose('node-1');
    expect(seen.at(-1)).toBe('abandon uid-1');
    change({ before: bound, after: deleted });
    expect(seen.slice(-2)).toEqual(['deleted uid-1', 'update uid-1']);
  });

  it('ends all pods when it is closed', async () => {
    const { seen, change, close } = router();
    change({ before: undefined, after: bound });
    await close();
    expect(seen.at(-1)).toBe('abandon uid-1');
  });
});
