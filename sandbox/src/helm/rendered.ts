import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chart, documentsIn, home, template } from './chart.ts';
import { tableOf, valuesOf } from './values-table.ts';

/** The folder of the whole clone. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

const crdTemplate = 'templates/crd.yaml';

/** Helm makes the namespace itself, so the chart has none. */
const namespace = `apiVersion: v1
kind: Namespace
metadata:
  name: ${home}
  labels:
    pod-security.kubernetes.io/enforce: restricted`;

const remark =
  '# Rendered from manifests/chart with its default values: change it there, then npm run render.';

const installRemark = `${remark}
#
# Beside an AWS Load Balancer Controller, give targetgate an API group of its own, before the first kubectl apply:
#   sed -i 's/elbv2\\.k8s\\.aws/targetgate.dev/g' manifests/install.yaml manifests/crds/*.yaml`;

/**
 * The files that are made from the chart, by their paths in the clone: what is installed without Helm, and the table of
 * values in the chart's README.
 */
export async function rendered(): Promise<Record<string, string>> {
  const [crd, all, values, readme] = await Promise.all([
    template(`--show-only=${crdTemplate}`),
    template('--set=crds.install=false'),
    readFile(join(root, chart, 'values.yaml'), 'utf8'),
    readFile(join(root, chart, 'README.md'), 'utf8'),
  ]);
  return {
    'manifests/crds/targetgroupbindings.yaml': fileOf(`${remark}\n#`, ...documentsIn(crd)),
    'manifests/install.yaml': fileOf(installRemark, namespace, ...documentsIn(all)),
    [`${chart}/README.md`]: withTable(readme, tableOf(valuesOf(values))),
  };
}

/** The remark is no document of its own: it stands above the first one. */
const fileOf = (above: string, ...documents: readonly string[]): string =>
  `${above}\n${documents.join('\n---\n')}\n`;

const marks = { start: '<!-- values -->', end: '<!-- end of values -->' };

/** Replaces what stands between the marks of a README. */
function withTable(readme: string, table: string): string {
  const [before = '', rest] = readme.split(marks.start);
  const after = rest?.split(marks.end)[1];
  if (after === undefined) throw new Error(`${chart}/README.md lacks ${marks.start} or ${marks.end}`);
  return `${before}${marks.start}\n\n${table}\n\n${marks.end}${after}`;
}
