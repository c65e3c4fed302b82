import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { forward } from '../../services/forward.ts';
import type { TargetGroup } from '../model/target-group.ts';

/**
 * Opens a network load balancer's TCP port and joins each connection to a target of the group; without any, a client
 * is reset. A connection stays with its target, deregistered or not, until one side ends it. Returns the function that
 * closes it, connections included.
 * @throws the system's error when the address or the port cannot be had.
 */
export async function openStreamListener(options: {
  address: string;
  port: number;
  group: () => Pick<TargetGroup, 'routes'> | undefined;
}): Promise<() => Promise<void>> {
  const { address, port, group } = options;
  const clients = new Set<Socket>();

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    client.on('error', () => undefined);
    const target = group()?.routes.pick(Date.now());
    if (target) forward(client, { address: target.host, port: target.port });
    else client.resetAndDestroy();
  });
  server.listen(port, address);
  await once(server, 'listening');

  return async () => {
    const closed = once(server, 'close');
    server.close();
    for (const client of clients) client.destroy();
    await closed;
  };
}
