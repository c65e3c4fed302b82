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

interface Container {
  readonly name: string;
  args?: string[];
}

interface Deployment {
  readonly kind: 'Deployment';
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

/** The objects of a file of manifests, with a user's changes. */
export function tailor(text: string, options: InstallOptions): unknown[] {
  const { apiGroup = 'elbv2.k8s.aws', syncerArgs = [], webhookArgs = [] } = options;
  const more: Readonly<Record<string, readonly string[]>> = { syncer: syncerArgs, webhook: webhookArgs };
  const objects = parseAllDocuments(text.replaceAll('elbv2.k8s.aws', apiGroup)).map(
    (document) => document.toJS() as unknown,
  );
  for (const container of objects.filter(isDeployment).flatMap(({ spec }) => spec.template.spec.containers)) {
    const args = more[container.name] ?? [];
    if (args.length > 0) container.args = [...(container.args ?? []), ...args];
  }
  return objects;
}

const isDeployment = (object: unknown): object is Deployment =>
  typeof object === 'object' && object !== null && (object as { kind?: unknown }).kind === 'Deployment';
