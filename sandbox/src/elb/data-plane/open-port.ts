import type { LoadBalancer } from '../model/load-balancer.ts';
import type { Protocol } from '../model/protocol.ts';
import type { TargetGroup } from '../model/target-group.ts';
import { openListener } from './listener.ts';
import { openStreamListener } from './stream-listener.ts';

/**
 * Opens a port of a load balancer. Returns the function that closes it. Datagrams are not forwarded: of TCP_UDP only
 * the connections are served, and of UDP nothing.
 * @throws the system's error when the address or the port cannot be had.
 */
export async function openPort(
  balancer: LoadBalancer,
  {
    protocol,
    port,
    group,
  }: {
    protocol: Protocol;
    port: number;
    /** Where the next request, or connection, goes; undefined for nowhere. */
    group: () => TargetGroup | undefined;
  },
): Promise<() => Promise<void>> {
  const { address } = balancer;
  if (balancer.type === 'application') {
    const { attributes } = balancer;
    const idleTimeoutMs = (): number => attributes.seconds('idle_timeout.timeout_seconds') * 1000;
    return openListener({ address, port, group, idleTimeoutMs });
  }
  if (protocol === 'UDP') return () => Promise.resolve();
  return openStreamListener({ address, port, group });
}
