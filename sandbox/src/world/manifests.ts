import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** What a user may change of manifests/ before applying them. */
export interface InstallOptions {
  /** Another API group in place of elbv2.k8s.aws, for a cluster that runs LBC as well (README, "Beside LBC"). */
  readonly apiGroup?: string;
  /** Further arguments of the syncer's container, such as `--shadow`. */
  readonly syncerArgs?: readonly string[];
  /** Further arguments of the webhook's container. */
  readonly webhookArgs?: readonly string[];
}

/** The texts of a folder's own YAML files, in the order in which `kubectl apply -f FOLDER` takes them. */
export async function readManifests(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
}

interface Container {
  readonly name: string;
  args?: string[];
  env?: unknown[];
}

interface Deployment {
  readonly kind: 'Deployment';
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

/** The objects of manifests, with a user's changes. */
export function tailor(texts: readonly string[], options: InstallOptions): unknown[] {
  const { apiGroup, syncerArgs = [], webhookArgs = [] } = options;
  const more: Readonly<Record<string, readonly string[]>> = { syncer: syncerArgs, webhook: webhookArgs };
  const objects = texts
    .map((text) => (apiGroup === undefined ? text : text.replaceAll('elbv2.k8s.aws', apiGroup)))
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as unknown))
    .filter((object) => object !== null);

  for (const container of objects.filter(isDeployment).flatMap(({ spec }) => spec.template.spec.containers)) {
    const args = more[container.name] ?? [];
    if (args.length > 0) container.args = [...(container.args ?? []), ...args];
    if (apiGroup !== undefined)
      container.env = [...(container.env ?? []), { name: 'API_GROUP', value: apiGroup }];
  }
  return objects;
}

const isDeployment = (object: unknown): object is Deployment =>
  typeof object === 'object' && object !== null && (object as { kind?: unknown }).kind === 'Deployment';
