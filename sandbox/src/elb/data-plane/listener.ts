import { once } from 'node:events';
import http from 'node:http';
import type { TargetGroup } from '../model/target-group.ts';
import { answerFailure } from './failure.ts';
import { forward } from './forward.ts';

/**
 * Opens a load balancer's port and forwards what arrives to the targets of the group that each request is for. Returns the function that closes
 * it, connections included.
 * @throws the system's error when the address or the port cannot be had.
 */
export async function openListener(options: {
  address: string;
  port: number;
  group: () => Pick<TargetGroup, 'routes' | 'connections'> | undefined;
  idleTimeoutMs: () => number;
}): Promise<() => Promise<void>> {
  const { address, port, group, idleTimeoutMs } = options;

  const server = http.createServer((request, response) => {
    server.keepAliveTimeout = idleTimeoutMs();
    const to = group();
    const target = to?.routes.pick(Date.now());
    if (!to || !target) {
      answerFailure(response, 'no-targets');
      return;
    }
    const pool = to.connections.to(target);
    forward(request, response, { target, pool, idleTimeoutMs: idleTimeoutMs() });
  });
  server.listen(port, address);
  await once(server, 'listening');

  return async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
}
