import { describe, expect, it } from '@jest/globals';
import { KubeError, type KubeClient } from '@targetgate/shared/kube';
import type { Pod } from './pod/pod.ts';
import { createScheduler } from './scheduler.ts';
import { testPod } from './test-pod.ts';

/** A scheduler over an API server that answers each binding with `answer`. */
function scheduler(
  nodes: () => readonly string[],
  answer: () => Promise<unknown> = () => Promise.resolve({}),
) {
  const bindings: string[] = [];
  const problems: unknown[] = [];
  const client = {
    request: ({
      path,
      body,
    }: {
      path: string;
      body: { metadata: { uid: string }; target: { name: string } };
    }) => {
      bindings.push(`${path} ${body.metadata.uid} ${body.target.name}`);
      return answer();
    },
  } as unknown as KubeClient;
  const { signal } = new AbortController();
  const subject = createScheduler({ client, nodes, signal, onProblem: (problem) => problems.push(problem) });
  return { bindings, problems, see: (pod: Pod) => subject.see(pod) };
}

const waiting = (uid: string, more: object = {}) =>
  testPod({ metadata: { uid }, spec: { nodeName: undefined, containers: [], ...more } });

const turn = (): Promise<void> => new Promise(setImmediate);

describe('the scheduler', () => {
  it('binds the pods of a namespace to the nodes in turn', async () => {
    const { see, bindings } = scheduler(() => ['node-1', 'node-2']);
    see(waiting('a'));
    see(
      testPod({ metadata: { uid: 'x', namespace: 'bank' }, spec: { nodeName: undefined, containers: [] } }),
    );
    for (const uid of ['b', 'c']) see(waiting(uid));
    await turn();
    const path = '/api/v1/namespaces/shop/pods/web-1/binding';
    expect(bindings).toEqual([
      `${path} a node-1`,
      '/api/v1/namespaces/bank/pods/web-1/binding x node-1',
      `${path} b node-2`,
      `${path} c node-1`,
    ]);
  });

  it('leaves alone a pod that is bound, gated, being deleted or finished', async () => {
    const { see, bindings } = scheduler(() => ['node-1']);
    see(testPod());
    see(waiting('a', { schedulingGates: [{ name: 'later' }] }));
    see(testPod({ metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' }, spec: { nodeName: undefined } }));
    see(testPod({ spec: { nodeName: undefined }, status: { phase: 'Failed' } }));
    await turn();
    expect(bindings).toEqual([]);
  });

  it('waits for a node while there is none', async () => {
    let nodes: string[] = [];
    const bound = Promise.withResolvers<unknown>();
    const { see, bindings } = scheduler(
      () => nodes,
      () => {
        bound.resolve(undefined);
        return Promise.resolve({});
      },
    );
    see(waiting('a'));
    see(waiting('a'));
    await turn();
    expect(bindings).toEqual([]);
    nodes = ['node-1'];
    await bound.promise;
    expect(bindings).toHaveLength(1);
  });

  it.each([
    { status: 404, problems: 0 },
    { status: 409, problems: 0 },
    { status: 403, problems: 1 },
  ])('reports $problems problems when the answer is $status', async ({ status, problems: expected }) => {
    const refused = new KubeError(status, 'Refused', 'no');
    const { see, problems } = scheduler(
      () => ['node-1'],
      () => Promise.reject(refused),
    );
    see(waiting('a'));
    await turn();
    expect(problems).toHaveLength(expected);
  });
});
