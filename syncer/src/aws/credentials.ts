import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { AssumedRole } from '@targetgate/shared/model';
import type { Call } from './call.ts';
import { clientLimits } from './client-limits.ts';
import { keepFresh } from './keep-fresh.ts';
import { RoleNotAssumed, troubleOfRole } from './trouble.ts';
import { wholeAnswers } from './whole-answer.ts';

/** What signs the calls of a client; the SDK tells it which client asks. */
export type Credentials = ReturnType<typeof fromTemporaryCredentials>;

/** The syncer's own, from the SDK's default chain: environment, web identity, container, instance. */
export const ownCredentials = (): Credentials => fromNodeProviderChain({ clientConfig: clientLimits });

/**
 * Those of a role that the syncer assumes, one session for all its clients: a client of the SDK remembers only what it
 * asked for itself, so that each region would assume the role anew. STS is called in the region of the client that asks
 * first; its sessions are good in every region.
 */
export function assumedCredentials(role: AssumedRole, own: Credentials, call: Call): Credentials {
  const assume = fromTemporaryCredentials({
    masterCredentials: own,
    params: {
      RoleArn: role.arn,
      RoleSessionName: 'targetgate',
      ...(role.externalId !== undefined && { ExternalId: role.externalId }),
    },
    clientConfig: clientLimits,
    clientPlugins: [wholeAnswers],
  });
  const session: Credentials = async (caller) => {
    const assumed = await call(
      'AssumeRole',
      () => assume(caller),
      (error) => troubleOfRole(role.arn, error),
    );
    if ('trouble' in assumed) throw new RoleNotAssumed(assumed.trouble);
    return assumed.ok;
  };
  return keepFresh(session, Date.now);
}
