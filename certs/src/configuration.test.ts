import { describe, expect, it } from '@jest/globals';
import type { KubeClient, KubeRequest } from '@targetgate/shared/kube';
import {
  trustOf,
  type Configuration,
  projectConfiguration,
  publishBundle,
  webhooksToTell,
} from './configuration.ts';
import { issueMaterial } from './fixtures.ts';

const now = Date.parse('2026-05-01T12:00:00Z');
const [a = '', b = ''] = (await Promise.all([issueMaterial(now), issueMaterial(now)])).flatMap(
  ({ authorities }) => authorities,
);

/** A configuration with a webhook for each bundle, called by letters. */
const configurationOf = (bundles: readonly (string | undefined)[], annotations?: Record<string, string>) =>
  projectConfiguration({
    metadata: { name: 'targetgate', uid: 'u', resourceVersion: '7', annotations },
    webhooks: bundles.map((pem, index) => ({
      name: 'xyz'.charAt(index),
      clientConfig: pem === undefined ? {} : { caBundle: Buffer.from(pem).toString('base64') },
    })),
  });

describe('a webhook configuration', () => {
  it.each([
    ['tells each webhook that trusts nobody', [undefined, undefined], ['x', 'y']],
    ['tells those that trust others', [a, b], ['y']],
    ['tells those that trust others as well', [a + b, a], ['x']],
    ['tells those whose bundle somebody has spoilt', ['spoilt', a], ['x']],
    ['tells none where all trust it', [a, a], []],
    ['tells none where there are none', [], []],
  ])('%s', (_, bundles, told) => {
    expect(webhooksToTell(configurationOf(bundles), [a])).toEqual(told);
  });

  it('is left to cert-manager where that writes it', () => {
    const annotations = { 'cert-manager.io/inject-ca-from': 'targetgate-system/targetgate-webhook' };
    expect(webhooksToTell(configurationOf([b], annotations), [a])).toEqual([]);
  });

  it('is told apart by whom all of its webhooks trust, and whom some do', () => {
    const told = (...configurations: Configuration[]) => {
      const { isComplete, some } = trustOf(configurations);
      return { all: [a, b].filter(isComplete), some };
    };
    expect(told(configurationOf([a, a + b]))).toEqual({ all: [a], some: [a, b] });
    expect(told(configurationOf([a]), configurationOf([undefined]))).toEqual({ all: [], some: [a] });
    expect(told()).toEqual({ all: [a, b], some: [] });
  });

  it('is patched by the names of its webhooks, and not where it is a newer one', async () => {
    const sent: KubeRequest[] = [];
    const request = (one: KubeRequest) => Promise.resolve(sent.push(one));
    await publishBundle({
      client: { request } as unknown as KubeClient,
      kind: 'mutatingwebhookconfigurations',
      configuration: configurationOf([b, a]),
      webhooks: ['x'],
      bundle: [a, b],
      signal: new AbortController().signal,
    });
    expect(sent).toMatchObject([
      {
        method: 'PATCH',
        path: '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/targetgate',
        patch: 'strategic',
        body: {
          metadata: { resourceVersion: '7' },
          webhooks: [{ name: 'x', clientConfig: { caBundle: Buffer.from(a + b).toString('base64') } }],
        },
      },
    ]);
  });
});
