import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A target for tests: an HTTP server whose health checks and requests are answered as the test says. */
export type App = {
  readonly port: number;
  /** Answers health checks (`/health`). */
  onCheck: RequestListener;
  /** Answers everything else. */
  onRequest: RequestListener;
  /** How many of each have arrived. */
  readonly seen: { checks: number; requests: number; connections: number };
  /** Closes the port and breaks all connections. */
  close(): Promise<void>;
};

/** An answer with this status. */
export const answer =
  (status: number): RequestListener =>
  (_request, response) => {
    response.writeHead(status).end();
  };

/** No answer at all. */
export const hang: RequestListener = () => undefined;

/** Breaks the connection instead of answering. */
export const reset: RequestListener = (request) => void request.socket.resetAndDestroy();

/** A port of 127.0.0.1 where nobody listens. */
export async function deadPort(): Promise<number> {
  const app = await startApp();
  await app.close();
  return app.port;
}

/** Starts a healthy app on any free port of 127.0.0.1. */
export async function startApp(): Promise<App> {
  const server = http.createServer((request, response) => {
    const isCheck = request.url === '/health';
    app.seen[isCheck ? 'checks' : 'requests'] += 1;
    (isCheck ? app.onCheck : app.onRequest)(request, response);
  });
  server.on('connection', () => (app.seen.connections += 1));
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const app: App = {
    port: (server.address() as AddressInfo).port,
    onCheck: answer(200),
    onRequest: answer(200),
    seen: { checks: 0, requests: 0, connections: 0 },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return app;
}
