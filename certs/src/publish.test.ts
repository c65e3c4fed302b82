import { describe, expect, it } from '@jest/globals';
import { KubeError, type KubeClient, type KubeRequest } from '@targetgate/shared/kube';
import { caBundlePatch, publishCaBundle } from './publish.ts';

const encoded = 'cGVt';

describe('the patch of a webhook configuration', () => {
  it.each([
    ['names each webhook that has no bundle', [undefined, undefined], ['a', 'b']],
    ['leaves alone the webhooks that have it', [encoded, 'b2xk'], ['b']],
    ['is none where all have it', [encoded, encoded], undefined],
    ['is none where there are no webhooks', [], undefined],
  ])('%s', (_, bundles, patched) => {
    const webhooks = bundles.map((caBundle, index) => ({
      name: 'ab'.charAt(index),
      clientConfig: { service: { name: 'webhook' }, ...(caBundle !== undefined && { caBundle }) },
    }));
    expect(caBundlePatch({ webhooks }, 'pem')).toEqual(
      patched && { webhooks: patched.map((name) => ({ name, clientConfig: { caBundle: encoded } })) },
    );
  });
});

describe.each(['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'] as const)(
  'publishing to %s',
  (kind) => {
    const publish = (request: (request: KubeRequest) => Promise<unknown>) =>
      publishCaBundle({
        client: { request } as unknown as KubeClient,
        kind,
        configuration: 'targetgate',
        caBundle: 'pem',
        signal: new AbortController().signal,
      });

    it('patches what differs, and writes nothing where nothing does', async () => {
      const patches: KubeRequest[] = [];
      let caBundle = '';
      const request = (sent: KubeRequest) => {
        if (sent.method === 'PATCH') patches.push(sent);
        if (sent.method === 'PATCH') caBundle = encoded;
        return Promise.resolve({ webhooks: [{ name: 'a', clientConfig: { caBundle } }] });
      };
      expect(await publish(request)).toBe(true);
      expect(await publish(request)).toBe(false);
      expect(patches).toMatchObject([
        {
          path: `/apis/admissionregistration.k8s.io/v1/${kind}/targetgate`,
          patch: 'strategic',
          body: { webhooks: [{ name: 'a', clientConfig: { caBundle: encoded } }] },
        },
      ]);
    });

    it('throws where there is no such configuration', async () => {
      await expect(
        publish(() => Promise.reject(new KubeError(404, 'NotFound', 'not found'))),
      ).rejects.toThrow('not found');
    });
  },
);
