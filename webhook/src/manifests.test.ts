import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bindingVersion, lbcGroup, namesOf } from '@targetgate/shared/names';
import { parseAllDocuments } from 'yaml';
import { path as webhookPath } from './server/server.ts';
import { settings } from './settings.ts';

/** What the tests read of a Kubernetes object. */
interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
  webhooks?: { clientConfig: unknown; namespaceSelector: { matchLabels: unknown } }[];
  rules?: { resources: string[]; verbs: string[]; resourceNames?: string[] }[];
  spec?: {
    group?: string;
    versions?: { name: string }[];
    ports?: unknown;
    template?: { spec: { containers: { ports: unknown }[] } };
  };
}

const folder = path.resolve(import.meta.dirname, '../../manifests');
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

const documentsOf = (file: string): Manifest[] =>
  parseAllDocuments(readFileSync(path.join(folder, file), 'utf8')).map(
    (document) => document.toJS() as Manifest,
  );

/** The one object of a kind with this name. */
function objectOf(kind: string, name: string, file: string): Manifest {
  const [found, ...more] = documentsOf(file).filter(
    (object) => object.kind === kind && object.metadata.name === name,
  );
  if (found === undefined || more.length > 0) throw new Error(`${file} does not have one ${kind} ${name}`);
  return found;
}

const names = namesOf(lbcGroup);
const namespace = settings.namespace.default;
const service = settings['service-name'].default;
const configuration = settings['webhook-configuration'].default;

describe('the manifests', () => {
  it('are applied with the namespace first, and all else is in it or in none', () => {
    expect(files.toSorted()[0]).toBe('namespace.yaml');
    objectOf('Namespace', namespace, 'namespace.yaml');
    const homes = files.flatMap(documentsOf).map(({ metadata }) => metadata.namespace ?? namespace);
    expect(new Set(homes)).toEqual(new Set([namespace]));
  });

  it('send pods to the path, the service and the port that the webhook serves by default', () => {
    const { webhooks } = objectOf(
      'MutatingWebhookConfiguration',
      configuration,
      'webhook-configuration.yaml',
    );
    const port = Number(settings.port.default);
    expect(webhooks).toMatchObject([
      {
        clientConfig: { service: { name: service, namespace, path: webhookPath, port } },
        namespaceSelector: { matchLabels: { [names.injectLabel]: 'enabled' } },
      },
    ]);
    const ports = [{ name: 'webhook', port, targetPort: 'webhook' }];
    expect(objectOf('Service', service, 'webhook.yaml').spec).toMatchObject({ ports });
    const [container] = objectOf('Deployment', service, 'webhook.yaml').spec?.template?.spec.containers ?? [];
    expect(container?.ports).toEqual([
      { name: 'webhook', containerPort: port },
      { name: 'metrics', containerPort: Number(settings['metrics-port'].default) },
    ]);
  });

  it('let the webhook have its own Secret and its own configuration, and no other', () => {
    const rulesFor = (kind: string, resource: string) =>
      objectOf(kind, 'targetgate-webhook', 'webhook-rbac.yaml').rules?.filter(({ resources }) =>
        resources.includes(resource),
      );
    expect(rulesFor('Role', 'secrets')).toMatchObject([
      { verbs: ['create'] },
      { verbs: ['get', 'update'], resourceNames: [settings['secret-name'].default] },
    ]);
    expect(rulesFor('ClusterRole', 'mutatingwebhookconfigurations')).toMatchObject([
      { verbs: ['get', 'patch'], resourceNames: [configuration] },
    ]);
  });

  it('define the kind that the programs read', () => {
    const file = 'crds/targetgroupbindings.yaml';
    const { spec } = objectOf('CustomResourceDefinition', `targetgroupbindings.${lbcGroup}`, file);
    expect(spec).toMatchObject({ group: lbcGroup, versions: [{ name: bindingVersion }] });
  });
});
