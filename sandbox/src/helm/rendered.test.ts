import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { binaries } from '../../../scripts/control-plane-binaries.mjs';
import { objectsIn, template, type ChartObject } from './chart.ts';
import { rendered, root } from './rendered.ts';

const textOf = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

it('what is made from the chart is as the chart would make it now: if not, npm run render', async () => {
  const wanted = await rendered();
  const stale = [];
  for (const [path, text] of Object.entries(wanted)) if ((await textOf(path)) !== text) stale.push(path);
  expect({ 'stale, so npm run render': stale }).toEqual({ 'stale, so npm run render': [] });
});

it('kustomize takes the CRD and all objects of install.yaml', async () => {
  const { stdout } = await promisify(execFile)(binaries().kubectl, ['kustomize', join(root, 'manifests')]);
  const names = (yaml: string): string[] =>
    objectsIn(yaml)
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
      .sort();
  const files = ['manifests/crds/targetgroupbindings.yaml', 'manifests/install.yaml'];
  expect(names(stdout)).toEqual((await Promise.all(files.map(textOf))).flatMap(names).sort());
});

it('another API group by sed is the same as by the value apiGroup', async () => {
  const crd = await textOf('manifests/crds/targetgroupbindings.yaml');
  const [namespace, ...others] = objectsIn(await textOf('manifests/install.yaml'));
  expect(namespace?.kind).toBe('Namespace');
  const byName = (objects: readonly ChartObject[]): Record<string, ChartObject> =>
    Object.fromEntries(
      objects.map((object) => [
        `${object.kind} ${object.metadata.namespace ?? ''} ${object.metadata.name}`,
        object,
      ]),
    );
  const replaced = JSON.stringify([...objectsIn(crd), ...others]).replaceAll(
    'elbv2.k8s.aws',
    'targetgate.dev',
  );
  const byValue = objectsIn(await template('--set=apiGroup=targetgate.dev'));
  expect(byName(JSON.parse(replaced) as ChartObject[])).toEqual(byName(byValue));
});
