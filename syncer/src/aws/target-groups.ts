import type { AssumedRole } from '@targetgate/shared/model';
import type { Fence } from '../leadership/fence.ts';
import type { GroupCalls, TargetGroups } from '../sync/target-groups.ts';
import { nextTurn, type Turns } from '../sync/turns.ts';
import { createCall, type Ask, type InTurn, type OnElbCall } from './call.ts';
import { assumedCredentials, ownCredentials, type Credentials } from './credentials.ts';
import { createElbClients, type ElbClients } from './elb-clients.ts';
import { createFacts, type FactsOptions } from './facts.ts';
import { createGroupCalls } from './group-calls.ts';

/** What talking to ELB takes. */
export interface TargetGroupsOptions extends FactsOptions {
  readonly onCall: OnElbCall;
  /** Where calls wait that are not made in the turn of their caller. */
  readonly turns: Turns;
  /** Which no call passes while it is closed. */
  readonly fence: Fence;
}

/** Talks to ELB with the SDK's default credentials, or in a role that they may assume. */
export function createTargetGroups(options: TargetGroupsOptions): TargetGroups & { close(): void } {
  const { onCall, turns, fence } = options;
  const call = createCall(onCall);
  const own = ownCredentials();
  const identities = new Map<string, { calls: GroupCalls; clients: Readonly<Record<string, ElbClients>> }>();

  function createIdentity(role: AssumedRole | undefined, credentials: Credentials) {
    // Apart, so that questions that hang, which may take all connections of a client, never keep a deregistration.
    const clients = {
      reading: createElbClients(credentials, fence),
      changing: createElbClients(credentials, fence),
    };
    // Async, so that a client that cannot be made for a region is trouble of the call, too.
    const askBy =
      (by: ElbClients): Ask =>
      (operation, about, send) =>
        call(operation, async () => send(by.of(about)));
    const ask = askBy(clients.reading);
    const inTurn: InTurn = (urgency) => async (operation, about, send) => {
      const turn = await nextTurn(turns, { urgency, role, about });
      return turn.call(() => ask(operation, about, send));
    };
    const facts = createFacts(inTurn, Date.now, options);
    return {
      clients,
      calls: { ...createGroupCalls({ ask, inTurn, change: askBy(clients.changing) }), facts },
    };
  }

  return {
    as: (role) => {
      const key = keyOf(role);
      const known = identities.get(key);
      if (known) return known.calls;
      const identity = createIdentity(role, role ? assumedCredentials(role, own, call) : own);
      identities.set(key, identity);
      return identity.calls;
    },
    close: () => {
      for (const { clients } of identities.values()) {
        for (const each of Object.values(clients)) each.close();
      }
    },
  };
}

/** The external id is part of it: a binding that guesses it wrong gets no session of one that has it right. */
const keyOf = (role: AssumedRole | undefined): string => JSON.stringify([role?.arn, role?.externalId]);
