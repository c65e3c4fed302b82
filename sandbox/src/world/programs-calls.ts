import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { programsKey } from './aws.ts';
import type { WorldEvent } from './event.ts';

/** A kind of call to the API server that one of targetgate's programs has made, as RBAC sees it. */
export interface KubeCall {
  readonly program: string;
  readonly verb: string;
  readonly apiGroup: string;
  /** With its subresource, as in `pods/status`; empty for a path that is no resource. */
  readonly resource: string;
  /** Of the object, where the call names it. */
  readonly name: string;
  /** Where it is no resource. */
  readonly path: string;
  readonly isForbidden: boolean;
}

/** What targetgate's programs have called in one world, each kind of call once. */
export interface ProgramsCalls {
  readonly kube: readonly KubeCall[];
  /** The operations of AWS. */
  readonly aws: readonly string[];
}

/** The ServiceAccounts of targetgate's namespace. */
export const programsGroup = 'system:serviceaccounts:targetgate-system';
const accountPrefix = 'system:serviceaccount:targetgate-system:';

/** What rights name; of all others, which come and go, a name tells nothing. */
const named: ReadonlySet<string> = new Set([
  'secrets',
  'leases',
  'namespaces',
  'mutatingwebhookconfigurations',
  'validatingwebhookconfigurations',
]);

/** A line of the audit log. */
interface AuditLine {
  readonly user: { readonly username: string };
  readonly verb: string;
  readonly requestURI: string;
  readonly objectRef?: Readonly<Record<'resource' | 'subresource' | 'apiGroup' | 'name', string | undefined>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Reads a line of the API server's audit log; undefined where it is somebody else's call. */
export function kubeCallOf(line: string): KubeCall | undefined {
  const { user, verb, requestURI, objectRef, annotations } = JSON.parse(line) as AuditLine;
  if (!user.username.startsWith(accountPrefix)) return undefined;
  const { apiGroup = '', name = '' } = objectRef ?? {};
  const resource = [objectRef?.resource, objectRef?.subresource].filter(Boolean).join('/');
  return {
    program: user.username.slice(accountPrefix.length),
    verb,
    apiGroup,
    resource,
    name: named.has(resource) ? name : '',
    path: resource === '' ? requestURI : '',
    isForbidden: annotations?.['authorization.k8s.io/decision'] === 'forbid',
  };
}

/** Leaves, in a file of its own in a folder, what the programs of a world have called. */
export async function leaveCalls(
  folder: string,
  world: { readonly auditLog: string; readonly journal: readonly WorldEvent[] },
): Promise<void> {
  const lines = (await readFile(world.auditLog, 'utf8')).split('\n').filter(Boolean);
  const kube = new Map<string, KubeCall>();
  for (const call of lines.map(kubeCallOf)) if (call) kube.set(JSON.stringify(call), call);
  const aws = world.journal.flatMap((event) =>
    event.kind === 'elb-call' && event.identity === programsKey ? [event.operation] : [],
  );
  const calls: ProgramsCalls = { kube: [...kube.values()], aws: [...new Set(aws)] };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${randomUUID()}.json`), JSON.stringify(calls));
}
