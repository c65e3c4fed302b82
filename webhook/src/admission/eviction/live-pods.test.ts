import { describe, expect, it } from '@jest/globals';
import { KubeError, type KubeClient, type KubeRequest } from '@targetgate/shared/kube';
import { apiPodWith } from './fixtures.ts';
import { createLivePods } from './live-pods.ts';

/** A client of an API server that answers as given; `asked` has what it was asked. */
function clientOf(answer: (request: KubeRequest) => Promise<unknown>) {
  const asked: KubeRequest[] = [];
  const client: Pick<KubeClient, 'request'> = {
    request: async <T>(request: KubeRequest) => {
      asked.push(request);
      return (await answer(request)) as T;
    },
  };
  return { live: createLivePods(client), asked };
}

const list = () => Promise.resolve({ items: [apiPodWith('web-1'), apiPodWith('web-2')] });

describe('live pods', () => {
  it('are read one by one by their names', async () => {
    const { live, asked } = clientOf(() => Promise.resolve(apiPodWith('web-1')));
    expect(await live.pod('shop', 'web-1')).toMatchObject({ name: 'web-1', nodeName: 'node-1' });
    expect(asked[0]).toMatchObject({ method: 'GET', path: '/api/v1/namespaces/shop/pods/web-1' });
  });

  it('are undefined where there is none of a name', async () => {
    const { live } = clientOf(() => Promise.reject(new KubeError(404, 'NotFound', 'no such pod')));
    expect(await live.pod('shop', 'web-1')).toBeUndefined();
  });

  it('are not taken for missing when the API server refuses', async () => {
    const refusal = new KubeError(403, 'Forbidden', 'no');
    const { live } = clientOf(() => Promise.reject(refusal));
    await expect(live.pod('shop', 'web-1')).rejects.toBe(refusal);
  });

  it('are listed by all labels of a selector', async () => {
    const { live, asked } = clientOf(list);
    const pods = await live.podsMatching('shop', { app: 'web', tier: 'front' });
    expect(pods.map(({ name }) => name)).toEqual(['web-1', 'web-2']);
    expect(asked[0]).toMatchObject({
      path: '/api/v1/namespaces/shop/pods',
      query: { labelSelector: 'app=web,tier=front' },
    });
  });

  it('are listed once for all who ask at the same time, and anew for who asks later', async () => {
    const { live, asked } = clientOf(list);
    const ask = () => live.podsMatching('shop', { app: 'web' });
    await Promise.all([ask(), ask(), live.podsMatching('bank', { app: 'web' })]);
    expect(asked).toHaveLength(2);
    await ask();
    expect(asked).toHaveLength(3);
  });

  it('are asked for again after a failure', async () => {
    let fails = true;
    const { live } = clientOf(() => (fails ? Promise.reject(new KubeError(500, 'Oops', 'oops')) : list()));
    await expect(live.podsMatching('shop', { app: 'web' })).rejects.toThrow('oops');
    fails = false;
    expect(await live.podsMatching('shop', { app: 'web' })).toHaveLength(2);
  });

  it('are not waited for longer than the API server waits for the webhook', async () => {
    const { live } = clientOf(
      ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    );
    await expect(live.pod('shop', 'web-1')).rejects.toThrow('aborted');
  });
});
