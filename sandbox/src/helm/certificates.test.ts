import { describe, expect, it } from '@jest/globals';
import { home } from './chart.ts';
import { install, program, type Rule } from './installation.ts';
import { valueSets } from './value-sets.ts';

const verbsFor = (rules: readonly Rule[], resource: string): string[] =>
  rules.filter(({ resources = [] }) => resources.includes(resource)).flatMap(({ verbs }) => verbs);

describe('the certificate of the webhook', () => {
  it('is the reason for rights only where the webhook makes its own', async () => {
    const own = await install([]);
    expect(verbsFor(own.rulesOf('Role', program.webhook), 'secrets')).toEqual([
      'create',
      'list',
      'watch',
      'update',
    ]);
    for (const set of [
      'everything on',
      'an issuer of the cluster',
      'a Secret with the certificate',
    ] as const) {
      const { rulesOf, find, podOf } = await install(valueSets[set]);
      expect(find('Role', program.webhook)).toBeUndefined();
      const all = rulesOf('ClusterRole', program.webhook).flatMap(({ resources = [] }) => resources);
      expect(all).not.toContain('mutatingwebhookconfigurations');
      const { name, value = '' } = podOf(program.webhook).containers[0].env.find(
        (variable) => variable.name === 'CERT_DIR',
      ) ?? { name: 'none' };
      expect(podOf(program.webhook)).toMatchObject({
        containers: [{ volumeMounts: [{ name: 'certificate', mountPath: value, readOnly: true }] }],
        volumes: [{ name: 'certificate', secret: {} }],
      });
      expect(name).toBe('CERT_DIR');
    }
  });

  it('is signed by a CA of the release’s own, by cert-manager, which tells the API server', async () => {
    const { find, podOf } = await install(valueSets['everything on']);
    const signed = find('Certificate', program.webhook)?.spec as {
      secretName: string;
      issuerRef: { name: string };
    };
    expect(signed).toMatchObject({ dnsNames: [`targetgate-webhook.${home}.svc`, expect.anything()] });
    const ca = find('Issuer', signed.issuerRef.name)?.spec as { ca: { secretName: string } };
    const root = find('Certificate', 'targetgate-webhook-ca');
    expect(root?.spec).toMatchObject({ isCA: true, secretName: ca.ca.secretName });
    expect(podOf(program.webhook)).toMatchObject({
      volumes: [{ secret: { secretName: signed.secretName } }],
    });
    for (const kind of ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']) {
      expect(find(kind, 'targetgate')?.metadata).toMatchObject({
        annotations: { 'cert-manager.io/inject-ca-from': `${home}/${program.webhook}` },
      });
    }
  });

  it('is signed by an issuer of the cluster, and no other is made then', async () => {
    const { find, namesOf } = await install(valueSets['an issuer of the cluster']);
    expect(namesOf('Issuer')).toEqual([]);
    expect(namesOf('Certificate')).toEqual([program.webhook]);
    expect(find('Certificate', program.webhook)?.spec).toMatchObject({
      issuerRef: { kind: 'ClusterIssuer', name: 'internal' },
    });
  });

  it('of a given Secret is trusted by the CA that was given with it', async () => {
    const { find } = await install(valueSets['a Secret with the certificate']);
    const { webhooks } = find('ValidatingWebhookConfiguration', 'targetgate') as unknown as {
      webhooks: { clientConfig: { caBundle: string } }[];
    };
    const given = webhooks.map(({ clientConfig }) => Buffer.from(clientConfig.caBundle, 'base64').toString());
    expect(given).toEqual(['-----BEGIN CERTIFICATE-----', '-----BEGIN CERTIFICATE-----']);
  });
});
