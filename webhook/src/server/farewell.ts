import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Makes `app.close()` part from its clients without losing a request.
 *
 * The API server keeps its connections, also to a replica that its Service has left, and does not repeat a review
 * whose connection is closed under it: the pod gets in without its gates. So from the close on each answer asks the
 * client to close the connection, while new requests are still taken; after `linger`, connections without a request in
 * flight are closed too. Node itself would wait for ever for those that never carried one.
 */
export function partGently(app: FastifyInstance<Server>, linger: () => Promise<unknown>): void {
  const connections = followConnections(app);
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
    await linger();
    connections.endIdle();
  });
  // Fastify itself does this for requests that arrive after the close, but not for those in flight.
  app.addHook('onSend', (_, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
}

/** The other end of a connection: the same for the TLS socket of a request and for the TCP socket under it. */
const endOf = ({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string =>
  `${remoteAddress} ${remotePort}`;

/** Follows a server's connections, those that are still shaking hands included, and the requests over each. */
function followConnections(app: FastifyInstance<Server>): { endIdle(): void } {
  const open = new Map<string, Socket>();
  const inFlight = new Map<string, number>();
  const count = (end: string, by: number): unknown => inFlight.set(end, (inFlight.get(end) ?? 0) + by);

  app.server.on('connection', (socket: Socket) => {
    const end = endOf(socket);
    open.set(end, socket);
    socket.once('close', () => {
      open.delete(end);
      inFlight.delete(end);
    });
  });
  app.addHook('onRequest', (request, reply, done) => {
    const end = endOf(request.socket);
    count(end, 1);
    // Of the answer: a request is over for Node when its body was read.
    reply.raw.once('close', () => open.has(end) && count(end, -1));
    done();
  });
  return {
    endIdle: () => {
      for (const [end, socket] of open) if (!inFlight.get(end)) socket.destroy();
    },
  };
}
