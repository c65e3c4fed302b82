import { parseAllDocuments } from 'yaml';
import { helm } from './helm.ts';

/** The chart, relative to the clone. */
export const chart = 'manifests/chart';

/** The namespace that the docs install into. */
export const home = 'targetgate-system';

/** What `helm template` gives as the release targetgate, as text; `args` are such as `--set=apiGroup=targetgate.dev`. */
export const template = (...args: string[]): Promise<string> =>
  helm(['template', 'targetgate', chart, `--namespace=${home}`, ...args]);

/** The documents of a YAML text, each as text, without Helm's remarks about where they come from. */
export const documentsIn = (yaml: string): string[] =>
  yaml
    .split(/^---\n/m)
    .map((document) => document.replaceAll(/^# Source: .*\n/gm, '').trim())
    .filter((document) => document !== '');

/** What is read of an object. Of all else, tests say what they expect. */
export interface ChartObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** The objects of a YAML text. */
export const objectsIn = (yaml: string): ChartObject[] =>
  parseAllDocuments(yaml)
    .map((document) => document.toJS() as ChartObject | null)
    .filter((object) => object !== null);
