import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { clientLimits } from './client-limits.ts';
import type { Credentials } from './credentials.ts';

/** ELB's clients of one identity. */
export interface ElbClients {
  /** The client of an ARN's region; of the environment's for a name. */
  of(about: string): ElasticLoadBalancingV2Client;
  close(): void;
}

/** Makes one client a region, when it is first asked for. */
export function createElbClients(credentials: Credentials): ElbClients {
  const clients = new Map<string | undefined, ElasticLoadBalancingV2Client>();
  return {
    of: (about) => {
      const region = about.split(':')[3];
      const known = clients.get(region);
      if (known) return known;
      const client = new ElasticLoadBalancingV2Client({
        ...clientLimits,
        credentials,
        ...(region !== undefined && { region }),
      });
      clients.set(region, client);
      return client;
    },
    close: () => {
      for (const client of clients.values()) client.destroy();
    },
  };
}
