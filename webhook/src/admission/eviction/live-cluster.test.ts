import { describe, expect, it } from '@jest/globals';
import { apiNode } from '@targetgate/shared/fixtures';
import { KubeError, KubeUnreachable, type KubeRequest } from '@targetgate/shared/kube';
import { apiPodWith } from './fixtures.ts';
import { createLiveCluster } from './live-cluster.ts';

/** A cluster whose API server answers as given; `asked` has what it was asked. */
function clusterOf(answer: (request: KubeRequest) => Promise<unknown>) {
  const asked: KubeRequest[] = [];
  const client = {
    request: async <T>(request: KubeRequest) => {
      asked.push(request);
      return (await answer(request)) as T;
    },
    lines: () => {
      throw new Error('nothing is watched');
    },
    close: () => Promise.resolve(),
  };
  const live = createLiveCluster(client, { now: () => 10_000, at: () => () => undefined });
  return { live, asked };
}

const asking = { since: 0, signal: new AbortController().signal };
const page = (names: readonly string[], more?: string) =>
  Promise.resolve({
    metadata: { resourceVersion: '1', ...(more !== undefined && { continue: more }) },
    items: names.map((name) => apiPodWith(name)),
  });
const missing = () => Promise.reject(new KubeError(404, 'NotFound', 'no such object'));

describe('the live cluster', () => {
  it('reads a pod by its name', async () => {
    const { live, asked } = clusterOf(() => Promise.resolve(apiPodWith('web-1')));
    expect(await live.pod('shop', 'web-1', asking)).toMatchObject({ name: 'web-1', nodeName: 'node-1' });
    expect(asked).toMatchObject([{ method: 'GET', path: '/api/v1/namespaces/shop/pods/web-1' }]);
  });

  it('has no pod and no node of a name that there is none of', async () => {
    const { live } = clusterOf(missing);
    expect(await live.pod('shop', 'web-1', asking)).toBeUndefined();
    expect(await live.node('node-1', asking)).toBeUndefined();
  });

  it('does not take a pod for missing that it may not read', async () => {
    const refusal = new KubeError(403, 'Forbidden', 'no');
    const { live } = clusterOf(() => Promise.reject(refusal));
    await expect(live.pod('shop', 'web-1', asking)).rejects.toBe(refusal);
  });

  it('lists pods by all labels of a selector, page by page', async () => {
    const { live, asked } = clusterOf(({ query }) =>
      query?.['continue'] === undefined ? page(['web-1', 'web-2'], 'here') : page(['web-3']),
    );
    const pods = await live.podsMatching('shop', { app: 'web', tier: 'front' }, asking);
    expect(pods.map(({ name }) => name)).toEqual(['web-1', 'web-2', 'web-3']);
    const query = { labelSelector: 'app=web,tier=front', limit: '100' };
    expect(asked).toMatchObject([
      { path: '/api/v1/namespaces/shop/pods', query },
      { query: { ...query, continue: 'here' } },
    ]);
  });

  it('lists once for all who ask at about the same time', async () => {
    const { live, asked } = clusterOf(() => page(['web-1']));
    const ask = () => live.podsMatching('shop', { app: 'web' }, asking);
    await Promise.all([ask(), ask(), live.podsMatching('bank', { app: 'web' }, asking)]);
    await ask();
    expect(asked).toHaveLength(2);
  });

  it('reads a node once for all who ask at about the same time', async () => {
    const { live, asked } = clusterOf(() => Promise.resolve(apiNode({ spec: { unschedulable: true } })));
    const ask = () => live.node('node-1', asking);
    expect(await Promise.all([ask(), ask()])).toMatchObject([{ cordoned: true }, { cordoned: true }]);
    expect(asked).toMatchObject([{ method: 'GET', path: '/api/v1/nodes/node-1' }]);
  });

  it.each([
    ['may not be read', new KubeError(403, 'Forbidden', 'no')],
    ['cannot be read', new KubeUnreachable('no answer')],
  ])('knows nothing of a node that %s', async (_, error) => {
    const { live } = clusterOf(() => Promise.reject(error));
    expect(await live.node('node-1', asking)).toBeUndefined();
  });

  it('lists four times at once and no more, while pods are read', async () => {
    const answers: (() => void)[] = [];
    const { live } = clusterOf(({ query }) =>
      query === undefined
        ? Promise.resolve(apiPodWith('web-1'))
        : new Promise((resolve) => answers.push(() => resolve(page(['web-1'])))),
    );
    const lists = Array.from({ length: 6 }, (_, n) => live.podsMatching(`shop-${n}`, { app: 'web' }, asking));
    expect(await live.pod('shop', 'web-1', asking)).toBeDefined();
    expect(answers).toHaveLength(4);
    for (const answer of answers) answer();
    await Promise.all(lists.slice(0, 4));
    expect(answers).toHaveLength(6);
    for (const answer of answers) answer();
    expect(await Promise.all(lists)).toHaveLength(6);
  });

  it('gives up when the asker does', async () => {
    const { live } = clusterOf(
      ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    );
    const impatient = { since: 0, signal: AbortSignal.timeout(5) };
    await expect(live.pod('shop', 'web-1', impatient)).rejects.toThrow('aborted');
    await expect(
      live.podsMatching('shop', {}, { ...impatient, signal: AbortSignal.timeout(5) }),
    ).rejects.toThrow('took too long');
  });
});
