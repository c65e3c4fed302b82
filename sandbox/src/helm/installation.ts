import { objectsIn, template, type ChartObject } from './chart.ts';

interface Container {
  readonly image: string;
  readonly env: readonly { readonly name: string; readonly value?: string }[];
}

/** A rule of a Role. */
export interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** An installation by the chart with these arguments of Helm: its objects, by kind and name. */
export async function install(args: readonly string[]) {
  const objects = objectsIn(await template(...args));
  const find = (kind: string, name: string): ChartObject | undefined =>
    objects.find((object) => object.kind === kind && object.metadata.name === name);
  const podOf = (program: string) => {
    const { template } = find('Deployment', program)?.spec as {
      template: { spec: { containers: [Container] } };
    };
    return template.spec;
  };
  const rulesOf = (kind: string, name: string): Rule[] => (find(kind, name)?.rules ?? []) as Rule[];
  const namesOf = (kind: string): string[] =>
    objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
  return { objects, find, podOf, rulesOf, namesOf };
}

/** The programs, by the names of their objects. */
export const program = { webhook: 'targetgate-webhook', syncer: 'targetgate-syncer' };
