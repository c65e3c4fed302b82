import type { Server } from 'node:https';
import type { Logger } from '@targetgate/shared/runtime';
import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Admit, Outcome } from '../admission/outcome.ts';
import type { Metrics } from '../metrics.ts';
import { checkRequestsEveryMs, limits, type Limits } from './limits.ts';
import { createNote } from './note.ts';
import { paths } from './paths.ts';

/**
 * The admission server, not yet listening (see `listen`) and without a certificate: set one with `useIdentity`.
 *
 * Errors are plain text, because that is what the API server shows to the user whose object it is:
 *
 * | status | when |
 * | ------ | ---- |
 * | 200    | the review is answered: the object is allowed, or refused |
 * | 4xx    | it cannot be: 400 malformed, 404 no such path, 413 too long, 415 not JSON |
 * | 503    | the caches have not synced: the webhook's failurePolicy decides about the object |
 * | 500    | a defect |
 */
export function buildServer(options: {
  admit: Readonly<Record<keyof typeof paths, Admit>>;
  metrics: Metrics;
  logger: Logger;
  /** Shorter ones than those of a real server, for tests. */
  limits?: Partial<Limits>;
}): FastifyInstance<Server> {
  const { admit, metrics, logger } = options;
  const { bodyBytes, requestMs, handshakeMs, keepAliveMs, connections } = { ...limits, ...options.limits };
  const app = fastify({
    https: {
      minVersion: 'TLSv1.2',
      handshakeTimeout: handshakeMs,
      // Node takes the longer of the two for the whole request: with its own 60 s, a body had that.
      headersTimeout: requestMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: Math.min(checkRequestsEveryMs, requestMs),
    },
    bodyLimit: bodyBytes,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    // A pod that arrives while this replica stops is still answered: a 503 would let it in without its gates.
    return503OnClosing: false,
  });
  app.server.maxConnections = connections;
  // Nothing but JSON, and that as text: what is not read of a review need not be parsed.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (_, text, done) =>
    done(null, text),
  );

  const note = createNote({ metrics, logger });
  const fail = (reply: FastifyReply, status: number, message: string): FastifyReply =>
    reply.code(status).type('text/plain; charset=utf-8').send(`${message}\n`);

  const answer = (reply: FastifyReply, outcome: Outcome): FastifyReply => {
    note(outcome);
    if (outcome.kind !== 'not_synced') return reply.send(outcome.answer);
    return fail(
      reply,
      503,
      'targetgate has not yet read the bindings and services; try again in a few seconds',
    );
  };

  // Fastify takes the time only of routes that have such a hook.
  const onResponse = (_: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    metrics.answered(reply.elapsedTime / 1000);
    done();
  };
  for (const name of Object.keys(paths) as (keyof typeof paths)[]) {
    app.post<{ Body: string | undefined }>(paths[name], { onResponse }, async ({ body }, reply) =>
      answer(reply, await admit[name](body ?? '')),
    );
  }

  app.setNotFoundHandler((_, reply) =>
    fail(reply, 404, `nothing is here; reviews are posted to ${Object.values(paths).join(', ')}`),
  );
  app.setErrorHandler((error: FastifyError, _, reply) => {
    const { statusCode = 500, message } = error;
    if (statusCode < 500) {
      metrics.request('malformed');
      logger.warn({ reason: message }, 'refused a request that is no admission review');
      return fail(reply, statusCode, message);
    }
    metrics.request('error');
    logger.error({ err: error }, 'failed to answer an admission review');
    return fail(reply, 500, 'targetgate failed to answer; its log says why');
  });
  return app;
}
