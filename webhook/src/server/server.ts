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
import { createNote } from './note.ts';
import { paths } from './paths.ts';

/**
 * The API server takes objects of up to 3 MiB, and a review of an update carries one twice; the rest of a review is
 * small. More than this is no review.
 */
const bodyLimit = 7 * 1024 * 1024;

/** The API server waits for a webhook no longer than 30 s; a request that takes longer to arrive is none of its. */
const requestTimeoutMs = 30_000;

/**
 * The API server keeps an idle connection for 90 s (k8s.io/apimachinery, pkg/util/net SetTransportDefaults), and does not
 * send a review again whose connection was closed under it (Go's net/http repeats no POST): it must be the one to close.
 */
const keepAliveMs = 120_000;

/**
 * The admission server, not yet listening (see `listen`) and without a certificate: set one with `useIdentity`.
 *
 * Errors are plain text, because that is what the API server shows to the user whose object it is:
 *
 * | status | when |
 * | ------ | ---- |
 * | 200    | the review is answered: the object is allowed, or refused |
 * | 4xx    | it cannot be: 400 malformed, 413 too long, 415 not JSON |
 * | 503    | the caches have not synced: the webhook's failurePolicy decides about the object |
 * | 500    | a defect |
 */
export function buildServer(options: {
  admit: Readonly<Record<keyof typeof paths, Admit>>;
  metrics: Metrics;
  logger: Logger;
}): FastifyInstance<Server> {
  const { admit, metrics, logger } = options;
  const app = fastify({
    https: { minVersion: 'TLSv1.2' },
    bodyLimit,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    // A pod that arrives while this replica stops is still answered: a 503 would let it in without its gates.
    return503OnClosing: false,
  });
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
