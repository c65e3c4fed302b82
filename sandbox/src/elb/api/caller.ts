import { region as homeRegion } from '../../region.ts';
import type { Scope } from '../model/arn.ts';
import type { Sessions } from '../model/roles.ts';

/** Who makes a call, and where. */
export type Caller = Scope & {
  /** The ARN of an assumed role, else the access key id. */
  readonly identity: string;
};

/** The account of everybody who has not assumed a role of another one. */
const homeAccount = '000000000000';

/** What a call's signature says of its caller. The signature itself is not checked: any credentials will do. */
export type Signature = { readonly accessKeyId: string; readonly region: string };

/** Reads an Authorization header (AWS: "Signature Version 4"). A call without one comes from the home region. */
export function readSignature(authorization: string | undefined): Signature {
  const [, accessKeyId = 'anonymous', region = homeRegion] =
    /Credential=([^/]+)\/\d{8}\/([^/]+)\//.exec(authorization ?? '') ?? [];
  return { accessKeyId, region };
}

/** @throws ElbError ExpiredToken. */
export function callerOf({ accessKeyId, region }: Signature, sessions: Sessions, now: number): Caller {
  const session = sessions.find(accessKeyId, now);
  return session
    ? { account: session.account, region, identity: session.role }
    : { account: homeAccount, region, identity: accessKeyId };
}
