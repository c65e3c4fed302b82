import http, {
  type Agent,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream';
import { keyOf, type TargetAddress } from '../targets/target-address.ts';
import { answerFailure, failureOf, TargetTimeout } from './failure.ts';

/** A load balancer gives a target 10 s to accept a connection (AWS: HTTP 504, "failed to establish a connection"). */
const connectTimeoutMs = 10_000;

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1). */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade']);

/**
 * Passes one request to the target and its answer back. Nothing is ever tried twice: a request that meets a
 * connection which the target has closed or resets is a 502, as behind a real load balancer. An answer that breaks
 * off half-way breaks the client's connection too.
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  to: { readonly target: TargetAddress; readonly pool: Agent; readonly idleTimeoutMs: number },
): void {
  const { target, pool, idleTimeoutMs } = to;
  const upstream = http.request({
    agent: pool,
    host: target.host,
    port: target.port,
    method: request.method,
    path: request.url,
    headers: headersToTarget(request),
  });
  limitTime(upstream, idleTimeoutMs);

  upstream.on('error', (error) => {
    request.unpipe(upstream);
    request.resume();
    if (response.headersSent) response.destroy();
    else answerFailure(response, failureOf(error), keyOf(target));
  });
  upstream.on('response', (answer) => {
    const headers = { ...endToEnd(answer.headers), 'x-sandbox-target': keyOf(target) };
    response.writeHead(answer.statusCode ?? 502, headers);
    pipeline(answer, response, (error) => {
      if (error) upstream.destroy();
    });
  });
  response.on('close', () => {
    if (!response.writableFinished) upstream.destroy();
  });
  request.pipe(upstream);
}

function headersToTarget(request: IncomingMessage): OutgoingHttpHeaders {
  const former = request.headers['x-forwarded-for'];
  const client = request.socket.remoteAddress ?? '';
  return {
    ...endToEnd(request.headers),
    'x-forwarded-for': former === undefined ? client : `${String(former)}, ${client}`,
    'x-forwarded-port': String(request.socket.localPort),
    'x-forwarded-proto': 'http',
  };
}

function endToEnd(headers: http.IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
}

/** The idle time stays set on the socket, so that it ends the connection later, in the pool, as well. */
function limitTime(upstream: http.ClientRequest, idleTimeoutMs: number): void {
  upstream.once('socket', (socket) => {
    const giveUp = (): void => void upstream.destroy(new TargetTimeout());
    socket.setTimeout(idleTimeoutMs);
    socket.on('timeout', giveUp);
    upstream.once('close', () => socket.off('timeout', giveUp));
    if (!socket.connecting) return;
    const connecting = setTimeout(giveUp, connectTimeoutMs);
    const stop = (): void => clearTimeout(connecting);
    socket.once('connect', stop).once('close', stop);
  });
}
