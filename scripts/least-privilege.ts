// Holds what targetgate has called in the end-to-end tests beside what manifests/ allow it: nothing is granted that was
// not used, and nothing was refused. The tests have left it in report/test/calls.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { objectsIn } from '@targetgate/sandbox/helm';
import type { ProgramsCalls } from '@targetgate/sandbox/world';
import { isUsedBy, rightsIn, wordsOf } from './least-privilege/granted.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

const folder = join(root, 'report/test/calls');
const worlds = readdirSync(folder).map(
  (file) => JSON.parse(textOf(`report/test/calls/${file}`)) as ProgramsCalls,
);
const calls = worlds.flatMap(({ kube }) => kube);

const rights = rightsIn(objectsIn(textOf('manifests/install.yaml')));
const unused = rights.filter((right) => !calls.some(isUsedBy(right))).map(wordsOf);
// While RBAC is being removed or made under programs that run, what is allowed is refused for a moment.
const allowedOnce = new Set(calls.filter(({ isForbidden }) => !isForbidden).map(wordsOf));
const refused = calls.map(wordsOf).filter((call) => !allowedOnce.has(call));

/** The actions that the policies of a file allow. */
const allowedBy = (file: string): string[] =>
  (JSON.parse(textOf(file)) as { Statement: { Action: string[] }[] }).Statement.flatMap(
    ({ Action }) => Action,
  );
const allowed = ['iam-policy.json', 'assume-roles-policy.json'].flatMap((file) =>
  allowedBy(`manifests/iam/${file}`),
);
const called = new Set(worlds.flatMap(({ aws }) => aws));
const actions = [...called].map((operation) =>
  operation === 'AssumeRole' ? 'sts:AssumeRole' : `elasticloadbalancing:${operation}`,
);
// What AWS asks for beside AssumeRole, where the credentials have tags; it is no call of its own.
const implied = ['sts:TagSession'];

const findings = [
  ...unused.map((right) => `granted by manifests/install.yaml and never used: ${right}`),
  ...[...new Set(refused)].map((call) => `refused by the API server: ${call}`),
  ...actions
    .filter((action) => !allowed.includes(action))
    .map((action) => `called and not in manifests/iam: ${action}`),
  ...allowed
    .filter((action) => !actions.includes(action) && !implied.includes(action))
    .map((action) => `allowed by manifests/iam and never called: ${action}`),
];
for (const finding of findings) console.error(finding);
console.log(
  `${rights.length} rights in the cluster and ${allowed.length} actions of AWS, against the calls of ${worlds.length} sandboxes: ${findings.length} findings`,
);
process.exitCode = findings.length === 0 ? 0 : 1;
