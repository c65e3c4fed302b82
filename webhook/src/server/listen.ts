import { once } from 'node:events';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { partGently } from './farewell.ts';

/** An API server that has used a connection within this time is likely to use it again within it. */
const lingerMs = 2_000;

/**
 * Listens; Fastify's own `listen` would take localhost for a missing host. `app.close()` ends it after a farewell
 * (see `partGently`), with all requests answered.
 *
 * @param options.host without it, all addresses.
 * @returns the port.
 */
export async function listen(
  app: FastifyInstance<Server>,
  options: { host: string | undefined; port: number; linger?: () => Promise<unknown> },
): Promise<number> {
  const { host, port, linger = () => sleep(lingerMs) } = options;
  partGently(app, linger);
  await app.ready();
  app.server.listen({ port, ...(host !== undefined && { host }) });
  await once(app.server, 'listening');
  return (app.server.address() as AddressInfo).port;
}
