import type { Server } from 'node:https';
import type { FastifyInstance } from 'fastify';

/**
 * Makes `app.close()` part from its clients without losing a request.
 *
 * The API server keeps its connections, also to a replica that its Service has left, and does not repeat a review
 * whose connection is closed under it: the pod gets in without its gates. So from the close on each answer asks the
 * client to close the connection, while new requests are still taken; after `linger`, those that no request came over
 * are closed too.
 */
export function partGently(app: FastifyInstance<Server>, linger: () => Promise<unknown>): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
    await linger();
  });
  // Fastify itself does this for requests that arrive after the close, but not for those in flight.
  app.addHook('onSend', (_, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
}
