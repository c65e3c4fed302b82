import type { AssumedRole } from '@targetgate/shared/model';
import type { GroupCalls, TargetGroups } from '../sync/target-groups.ts';
import { createCall, type Ask, type OnElbCall } from './call.ts';
import { assumedCredentials, ownCredentials, type Credentials } from './credentials.ts';
import { createElbClients, type ElbClients } from './elb-clients.ts';
import { createFacts, type FactsOptions } from './facts.ts';
import { createGroupCalls } from './group-calls.ts';

/** Talks to ELB with the SDK's default credentials, or in a role that they may assume. */
export function createTargetGroups(
  onCall: OnElbCall,
  options: FactsOptions,
): TargetGroups & { close(): void } {
  const call = createCall(onCall);
  const own = ownCredentials();
  const identities = new Map<string, { calls: GroupCalls; clients: ElbClients }>();

  function createIdentity(credentials: Credentials) {
    const clients = createElbClients(credentials);
    // Async, so that a client that cannot be made for a region is trouble of the call, too.
    const ask: Ask = (operation, arn, send) => call(operation, async () => send(clients.of(arn)));
    return { clients, calls: { ...createGroupCalls(ask), facts: createFacts(ask, Date.now, options) } };
  }

  return {
    as: (role) => {
      const key = keyOf(role);
      const known = identities.get(key);
      if (known) return known.calls;
      const identity = createIdentity(role ? assumedCredentials(role, own, call) : own);
      identities.set(key, identity);
      return identity.calls;
    },
    close: () => {
      for (const { clients } of identities.values()) clients.close();
    },
  };
}

/** The external id is part of it: a binding that guesses it wrong gets no session of one that has it right. */
const keyOf = (role: AssumedRole | undefined): string => JSON.stringify([role?.arn, role?.externalId]);
