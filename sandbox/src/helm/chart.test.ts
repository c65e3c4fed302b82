import { describe, expect, it } from '@jest/globals';
import { chart, home, objectsIn, template, type ChartObject } from './chart.ts';
import { helm } from './helm.ts';
import { install, program } from './installation.ts';
import { tableUnder } from './operating.ts';
import { valueSets } from './value-sets.ts';

describe.each(Object.entries(valueSets))('the chart with %s', (_, args) => {
  it('passes the strictest lint', async () => {
    await expect(helm(['lint', '--strict', '--quiet', chart, ...args])).resolves.toBe('');
  });

  it('has every object once, in the namespace of the release or in none', async () => {
    const { objects } = await install(args);
    const ids = objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''} ${metadata.name}`);
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
    const homes = new Set(objects.map(({ metadata }) => metadata.namespace ?? home));
    homes.delete('shop'); // The watched one.
    expect([...homes]).toEqual([home]);
  });
});

describe('the chart', () => {
  it('leaves each setting at the default of the programs', async () => {
    const { podOf } = await install([]);
    for (const [table, name] of [
      ['The webhook', program.webhook],
      ['The syncer', program.syncer],
    ] as const) {
      const documented = [...tableUnder('Both programs'), ...tableUnder(table)];
      const defaults = new Map(documented.map(([, variable, value]) => [variable, value]));
      const given = podOf(name).containers[0].env.filter(
        ({ name: variable, value }) => value !== undefined && defaults.has(variable),
      );
      expect(given.length).toBeGreaterThan(5);
      expect(given.map((variable) => variable.value)).toEqual(given.map((each) => defaults.get(each.name)));
    }
  });

  it('puts another API group everywhere', async () => {
    const text = await template(...valueSets['a group of its own']);
    expect(text).not.toContain('elbv2.k8s.aws');
    expect(text).toContain('name: targetgroupbindings.targetgate.dev');
  });

  it('names images by registry, name and tag, or by digest', async () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const { podOf } = await install([
      '--set=webhook.image.registry=registry.local',
      '--set=webhook.image.tag=2.0.0',
      `--set=syncer.image.digest=${digest}`,
    ]);
    expect(podOf(program.webhook).containers[0].image).toBe('registry.local/targetgate/webhook:2.0.0');
    expect(podOf(program.syncer).containers[0].image).toBe(`ghcr.io/targetgate/syncer@${digest}`);
  });

  it('closes only the way of pods by failurePolicy, never that of evictions and bindings', async () => {
    const { find } = await install(valueSets['everything on']);
    const policies = (kind: string) =>
      (find(kind, 'targetgate')?.webhooks as { failurePolicy: string }[]).map((hook) => hook.failurePolicy);
    expect(policies('MutatingWebhookConfiguration')).toEqual(['Fail', 'Fail', 'Fail']);
    expect(policies('ValidatingWebhookConfiguration')).toEqual(['Ignore', 'Ignore']);
  });

  it('never asks about the excluded namespaces', async () => {
    const text = await template(...valueSets['everything on']);
    expect(text.match(/values: \["kube-system","targetgate-system","karpenter"\]/g)).toHaveLength(4);
  });

  it('calls what is in no namespace after the release, and all else as ever', async () => {
    const shared = (object: ChartObject): boolean => object.metadata.namespace === undefined;
    const named = async (release: string): Promise<ChartObject[]> =>
      objectsIn(await helm(['template', release, chart, '--namespace=b', '--set=crds.install=false']));
    const names = async (release: string, want: (object: ChartObject) => boolean): Promise<string[]> =>
      (await named(release)).filter(want).map(({ metadata }) => metadata.name);
    expect(new Set(await names('blue', shared))).toEqual(
      new Set(['blue-targetgate', 'blue-targetgate-webhook', 'blue-targetgate-syncer']),
    );
    const inside = (object: ChartObject): boolean => !shared(object);
    expect(await names('blue', inside)).toEqual(await names('targetgate', inside));
    const text = JSON.stringify(await named('blue'));
    expect(text).toContain('{"name":"WEBHOOK_CONFIGURATION","value":"blue-targetgate"}');
    expect(text).toContain('"resourceNames":["blue-targetgate"]');
  });
});

describe('a value that is wrong is refused by name', () => {
  it.each([
    ['a typo', 'webhook.replica=3', "at '/webhook': additional properties 'replica' not allowed"],
    ['no API group', 'apiGroup=foo', "at '/apiGroup': 'foo' does not match"],
    ['no duration', 'syncer.syncPeriod=often', "at '/syncer/syncPeriod': 'often' does not match"],
    ['too many shards', 'syncer.shards=100', "at '/syncer/shards': maximum: got 100, want 99"],
    ['no policy', 'webhook.failurePolicy=fail', "at '/webhook/failurePolicy': value must be one of"],
    [
      'a registry with a scheme',
      'webhook.image.registry=https://example.com',
      "'https://example.com' does not match",
    ],
    [
      'a variable that is no text',
      'syncer.extraEnv[0].name=A,syncer.extraEnv[0].value=1',
      'got number, want string',
    ],
    ['an odd toleration', 'webhook.tolerations[0].efect=NoSchedule', "properties 'efect' not allowed"],
    [
      'an issuer without name',
      'webhook.certificates.certManager.issuerRef.kind=Issuer',
      "properties 'name' required",
    ],
    ['no target group allowed', 'allowedTargetGroups=', "at '/allowedTargetGroups': minLength"],
    [
      'a Secret without name',
      'webhook.certificates.mode=secret',
      'name the Secret in webhook.certificates.secret.name',
    ],
  ])('%s: %s', async (_, value, words) => {
    await expect(template(`--set=${value}`)).rejects.toThrow(words);
  });

  it('a Secret without the certificate of its CA', async () => {
    const given = ['--set=webhook.certificates.mode=secret', '--set=webhook.certificates.secret.name=mine'];
    await expect(template(...given)).rejects.toThrow('in webhook.certificates.secret.caBundle');
  });
});
