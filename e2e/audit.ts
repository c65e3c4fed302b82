import { readFile } from 'node:fs/promises';
import type { World } from '@targetgate/sandbox/world';

/** An answered call to the API server. */
export interface AuditEvent {
  readonly verb: string;
  readonly user: { readonly extra?: Readonly<Record<string, readonly string[]>> };
  readonly objectRef?: { readonly resource?: string; readonly namespace?: string; readonly name?: string };
  readonly responseStatus?: { readonly code?: number };
  /** When it came in, as a time of the API. */
  readonly requestReceivedTimestamp: string;
}

const writingVerbs: ReadonlySet<string> = new Set(['create', 'update', 'patch', 'delete']);

/** Calls that came in after `at` (epoch ms) with this token, and would change something. The world keeps an audit log. */
export async function writesWith(token: string, { controlPlane }: World, at: number): Promise<AuditEvent[]> {
  const text = await readFile(controlPlane.auditLog, 'utf8');
  const events = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as AuditEvent]));
  const credential = `JTI=${idOf(token)}`;
  return events.filter(
    ({ verb, user, requestReceivedTimestamp }) =>
      writingVerbs.has(verb) &&
      Date.parse(requestReceivedTimestamp) > at &&
      user.extra?.['authentication.kubernetes.io/credential-id']?.includes(credential),
  );
}

/** The id of a ServiceAccount's token, by which the audit log tells it from others of the same account. */
function idOf(token: string): string {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    jti: string;
  };
  return claims.jti;
}
