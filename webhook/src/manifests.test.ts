import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bindingVersion, lbcGroup, namesOf } from '@targetgate/shared/names';
import { parseAllDocuments } from 'yaml';
import type { BindingSpec } from './admission/binding-at-admission.ts';
import { forbiddenChanges } from './admission/binding-changes.ts';
import { mistakesOf, roleArn } from './admission/binding-mistakes.ts';
import { groupArn } from './admission/target-group-ref.ts';
import { paths } from './server/paths.ts';
import { settings } from './settings.ts';

/** What the tests read of a Kubernetes object. */
interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
  webhooks?: {
    clientConfig: { service: { path: string } };
    namespaceSelector: {
      matchLabels: Record<string, string>;
      matchExpressions: { key: string; operator: string; values: string[] }[];
    };
    rules: { apiGroups: string[] }[];
  }[];
  rules?: { apiGroups?: string[]; resources?: string[]; verbs: string[]; resourceNames?: string[] }[];
  spec?: {
    group?: string;
    versions?: { name: string; schema: unknown }[];
    ports?: unknown;
    template?: { spec: { containers: { ports: unknown; env?: { name: string; value?: string }[] }[] } };
  };
}

/** What is installed without Helm; sandbox/src/helm has the tests of the chart that it is made from. */
const textOf = (file: string): string =>
  readFileSync(path.resolve(import.meta.dirname, '../../manifests', file), 'utf8');
const parseManifests = (text: string): Manifest[] =>
  parseAllDocuments(text).map((document) => document.toJS() as Manifest);

const crdFile = 'crds/targetgroupbindings.yaml';
const installed = parseManifests(textOf('install.yaml'));
const [crd] = parseManifests(textOf(crdFile));

/** The one object of a kind with this name. */
function objectOf(kind: string, name: string, documents = installed): Manifest {
  const [found, ...more] = documents.filter(
    (object) => object.kind === kind && object.metadata.name === name,
  );
  if (found === undefined || more.length > 0) throw new Error(`there is not one ${kind} ${name}`);
  return found;
}

const names = namesOf(lbcGroup);
const namespace = settings.namespace.default;
const service = settings['service-name'].default;
const configuration = settings['webhook-configuration'].default;

describe('the manifests', () => {
  it('are applied with the namespace first, and all else is in it or in none', () => {
    expect(installed[0]).toMatchObject({ kind: 'Namespace', metadata: { name: namespace } });
    const homes = installed.map(({ metadata }) => metadata.namespace ?? namespace);
    expect(new Set(homes)).toEqual(new Set([namespace]));
  });

  it('send each pod to one path, by what its namespace asks for', () => {
    const { webhooks = [] } = objectOf('MutatingWebhookConfiguration', configuration);
    const pathsFor = (labels: Readonly<Record<string, string>>) =>
      webhooks
        .filter(({ namespaceSelector: { matchLabels, matchExpressions } }) => {
          expect(new Set(matchExpressions.map(({ operator }) => operator))).toEqual(new Set(['NotIn']));
          return (
            Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
            matchExpressions.every(({ key, values }) => !values.includes(labels[key] ?? ''))
          );
        })
        .map(({ clientConfig }) => clientConfig.service.path);
    const name = { 'kubernetes.io/metadata.name': 'shop' };
    const gates = { [names.injectLabel]: 'enabled' };
    const termination = { [names.terminationLabel]: 'enabled' };
    const no = { [names.injectLabel]: 'disabled', [names.terminationLabel]: 'disabled' };
    expect(pathsFor(name)).toEqual([]);
    expect(pathsFor({ ...name, ...no })).toEqual([]);
    expect(pathsFor({ ...name, ...gates })).toEqual([paths.pods]);
    expect(pathsFor({ ...name, ...no, ...gates })).toEqual([paths.pods]);
    expect(pathsFor({ ...name, ...gates, ...termination })).toEqual([paths.podsGatesAndTermination]);
    expect(pathsFor({ ...name, ...termination })).toEqual([paths.podsTermination]);
    expect(pathsFor({ ...name, ...no, ...termination })).toEqual([paths.podsTermination]);
    for (const excluded of ['kube-system', namespace]) {
      expect(pathsFor({ 'kubernetes.io/metadata.name': excluded, ...gates, ...termination })).toEqual([]);
    }
  });

  it('ask about pods in the same way, whatever their namespace asks for', () => {
    const { webhooks = [] } = objectOf('MutatingWebhookConfiguration', configuration);
    const [first, ...others] = webhooks.map((webhook) => ({
      ...webhook,
      name: undefined,
      namespaceSelector: undefined,
      clientConfig: { service: { ...webhook.clientConfig.service, path: undefined } },
    }));
    expect(others).toEqual([first, first]);
    expect(first).toMatchObject({
      reinvocationPolicy: 'IfNeeded',
      failurePolicy: 'Ignore',
      sideEffects: 'None',
    });
  });

  it('send pods to the service and the port that the webhook serves by default', () => {
    const { webhooks } = objectOf('MutatingWebhookConfiguration', configuration);
    const port = Number(settings.port.default);
    const clientConfig = { service: { name: service, namespace, port } };
    expect(webhooks).toMatchObject([{ clientConfig }, { clientConfig }, { clientConfig }]);
    const ports = [{ name: 'webhook', port, targetPort: 'webhook' }];
    expect(objectOf('Service', service).spec).toMatchObject({ ports });
    const [container] = objectOf('Deployment', service).spec?.template?.spec.containers ?? [];
    expect(container?.ports).toEqual([
      { name: 'webhook', containerPort: port },
      { name: 'metrics', containerPort: Number(settings['metrics-port'].default) },
    ]);
  });

  it('send bindings to the path that the webhook serves, and never in the way of a deletion or a status', () => {
    const { webhooks } = objectOf('ValidatingWebhookConfiguration', configuration);
    const port = Number(settings.port.default);
    expect(webhooks).toMatchObject([
      {
        clientConfig: { service: { name: service, namespace, path: paths.bindings, port } },
        rules: [
          {
            operations: ['CREATE', 'UPDATE'],
            apiGroups: [lbcGroup],
            apiVersions: [bindingVersion],
            resources: ['targetgroupbindings'],
          },
        ],
        failurePolicy: 'Ignore',
        sideEffects: 'None',
      },
      { name: 'evictions.targetgate.dev' },
    ]);
  });

  it('send the evictions of labelled namespaces to the path that the webhook serves, and block none without it', () => {
    const { webhooks } = objectOf('ValidatingWebhookConfiguration', configuration);
    expect(webhooks?.[1]).toMatchObject({
      clientConfig: {
        service: { name: service, namespace, path: paths.evictions, port: Number(settings.port.default) },
      },
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods/eviction'] }],
      namespaceSelector: {
        matchLabels: { [names.evictionLabel]: 'enabled' },
        matchExpressions: [
          { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system', namespace] },
        ],
      },
      failurePolicy: 'Ignore',
      sideEffects: 'None',
    });
    const { rules = [] } = objectOf('ClusterRole', 'targetgate-webhook');
    const rights = rules.filter(({ resources: [resource = ''] = [] }) =>
      ['pods', 'nodes'].includes(resource),
    );
    expect(rights).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
      { apiGroups: [''], resources: ['nodes'], verbs: ['get'] },
    ]);
  });

  it('let the webhook have its own Secret and its own configurations, and no other', () => {
    const rulesFor = (kind: string, resource: string) =>
      objectOf(kind, 'targetgate-webhook').rules?.filter(({ resources = [] }) =>
        resources.includes(resource),
      );
    expect(rulesFor('Role', 'secrets')).toMatchObject([
      { verbs: ['create'] },
      { verbs: ['list', 'watch', 'update'], resourceNames: [settings['secret-name'].default] },
    ]);
    for (const kind of ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations']) {
      expect(rulesFor('ClusterRole', kind)).toMatchObject([
        { verbs: ['list', 'watch', 'patch'], resourceNames: [configuration] },
      ]);
    }
  });

  it('go over to another API group, all of them, by the command in install.yaml', () => {
    expect(textOf('install.yaml')).toContain(String.raw`sed -i 's/elbv2\.k8s\.aws/targetgate.dev/g'`);
    const group = 'targetgate.dev';
    const documents = ['install.yaml', crdFile].flatMap((file) =>
      parseManifests(textOf(file).replaceAll(/elbv2\.k8s\.aws/g, group)),
    );
    const moved = (kind: string, name: string): Manifest => objectOf(kind, name, documents);

    expect(moved('CustomResourceDefinition', `targetgroupbindings.${group}`).spec?.group).toBe(group);
    expect(moved('MutatingWebhookConfiguration', configuration).webhooks?.[0]).toMatchObject({
      namespaceSelector: { matchLabels: { [namesOf(group).injectLabel]: 'enabled' } },
    });
    expect(moved('ValidatingWebhookConfiguration', configuration).webhooks?.[0]).toMatchObject({
      clientConfig: { service: { path: paths.bindings } },
      rules: [{ apiGroups: [group] }],
    });
    expect(moved('ValidatingWebhookConfiguration', configuration).webhooks?.[1]).toMatchObject({
      namespaceSelector: { matchLabels: { [namesOf(group).evictionLabel]: 'enabled' } },
    });
    for (const program of ['targetgate-webhook', 'targetgate-syncer']) {
      const rights = moved('ClusterRole', program).rules?.filter(({ resources = [] }) =>
        resources.some((resource) => resource.startsWith('targetgroupbindings')),
      );
      expect(new Set(rights?.flatMap(({ apiGroups = [] }) => apiGroups))).toEqual(new Set([group]));
      const [container] = moved('Deployment', program).spec?.template?.spec.containers ?? [];
      expect(container?.env).toContainEqual({ name: settings['api-group'].env, value: group });
    }
  });

  it('define the kind that the programs read', () => {
    expect(crd?.metadata.name).toBe(`targetgroupbindings.${lbcGroup}`);
    expect(crd?.spec).toMatchObject({ group: lbcGroup, versions: [{ name: bindingVersion }] });
  });

  it('refuse in the CRD only what the webhook refuses too, in the same words', () => {
    const rulesIn = (schema: unknown): { rule: string; message: string }[] => {
      if (typeof schema !== 'object' || schema === null) return [];
      return Object.entries(schema).flatMap(([key, value]) =>
        key === 'x-kubernetes-validations' ? (value as ReturnType<typeof rulesIn>) : rulesIn(value),
      );
    };
    const said = rulesIn(crd?.spec?.versions?.[0]?.schema);
    expect(said).toHaveLength(6);

    const before: BindingSpec = { targetType: 'instance' };
    const wrong: BindingSpec[] = [
      {},
      { targetGroupARN: 'web', iamRoleArnToAssume: 'web', targetType: 'ip', nodeSelector: {} },
      { assumeRoleExternalId: 'x' },
    ];
    const findings = wrong.flatMap((after) => [...mistakesOf(after), ...forbiddenChanges(before, after)]);
    const messages = findings.map(({ message }) => message);
    expect(said.map(({ message }) => message).filter((message) => !messages.includes(message))).toEqual([]);

    const patterns = said.flatMap(({ rule }) => /matches\(r'(.*)'\)/.exec(rule)?.[1] ?? []);
    expect(patterns).toEqual([groupArn, roleArn].map(({ source }) => source.replaceAll('\\/', '/')));
  });
});
