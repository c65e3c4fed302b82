import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Fence } from '../leadership/fence.ts';
import { isRegion, regionOf } from '../sync/scope.ts';
import { clientLimits } from './client-limits.ts';
import type { Credentials } from './credentials.ts';
import { behindFence } from './fenced.ts';
import { wholeAnswers } from './whole-answer.ts';

/** ELB's clients of one identity. */
export interface ElbClients {
  /** The client of an ARN's region; of the environment's for a name. Throws where an ARN's region cannot be one. */
  of(about: string): ElasticLoadBalancingV2Client;
  close(): void;
}

/** Makes one client a region, when it is first asked for. Each has connections of its own. */
export function createElbClients(credentials: Credentials, fence: Fence): ElbClients {
  const clients = new Map<string | undefined, ElasticLoadBalancingV2Client>();
  return {
    of: (about) => {
      const region = regionOf(about);
      const known = clients.get(region);
      if (known) return known;
      if (region !== undefined && !isRegion(region)) throw new InvalidRegion(`${about} names no region`);
      const client = behindFence(
        new ElasticLoadBalancingV2Client({
          ...clientLimits,
          credentials,
          ...(region !== undefined && { region }),
        }),
        fence,
      );
      client.middlewareStack.use(wholeAnswers);
      clients.set(region, client);
      return client;
    },
    close: () => {
      for (const client of clients.values()) client.destroy();
    },
  };
}

/** The same mistake as one of the SDK's own, before there is a client for it. */
class InvalidRegion extends Error {
  override readonly name = 'InvalidRegion';
}
