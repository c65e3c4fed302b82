import { accessDenied, ElbError } from '../errors.ts';
import type { Role } from './account.ts';

/** Credentials that STS has handed out. */
export type Session = {
  readonly accessKeyId: string;
  readonly role: string;
  /** The account that the role is in, and that its calls are made in. */
  readonly account: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
};

/** What AssumeRole is asked for. */
export type AssumeRequest = {
  readonly role: string;
  readonly externalId: string | undefined;
  readonly seconds: number;
};

/** The sessions of roles that have been assumed. */
export type Sessions = {
  /**
   * A new session. A role that has `sessionSeconds` gives shorter ones, below AWS's own minimum of 15 minutes.
   * @throws ElbError AccessDenied: an unknown role, or not the external id that it trusts. AWS does not say which.
   */
  assume(request: AssumeRequest, now: number): Session;
  /**
   * The session of an access key; undefined for any other key.
   * @throws ElbError ExpiredToken.
   */
  find(accessKeyId: string, now: number): Session | undefined;
};

/** No sessions yet; `roles` is asked each time. */
export function createSessions(roles: () => readonly Role[]): Sessions {
  const sessions = new Map<string, Session>();
  return {
    assume({ role: arn, externalId, seconds }, now) {
      const role = roles().find((each) => each.arn === arn);
      if (!role || (role.externalId !== undefined && role.externalId !== externalId))
        throw accessDenied('sts:AssumeRole', arn);
      const [, , , , account = ''] = arn.split(':');
      const name = arn.slice(arn.lastIndexOf('/') + 1);
      const session = {
        accessKeyId: `ASIA-${account}-${name}-${sessions.size + 1}`,
        role: arn,
        account,
        expiresAt: now + (role.sessionSeconds ?? seconds) * 1000,
      };
      sessions.set(session.accessKeyId, session);
      return session;
    },
    find(accessKeyId, now) {
      const session = sessions.get(accessKeyId);
      if (session && session.expiresAt <= now)
        throw new ElbError('ExpiredToken', 'The security token included in the request is expired');
      return session;
    },
  };
}
