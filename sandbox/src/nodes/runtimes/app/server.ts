import { createServer, type Server } from 'node:http';
import type { AppSettings } from './settings.ts';

/** An app's server on one port. */
export interface AppServer {
  /** Rejects where the address cannot be bound. */
  listen(address: string, port: number): Promise<void>;
  /** Stops listening; settles when the last request in flight has been answered. */
  drain(): Promise<void>;
  /** Stops listening and breaks off all connections. */
  destroy(): void;
}

/** A server that answers every path with its pod's name, /slow of them late, and /healthz with its health. */
export function createAppServer(podName: string, settings: AppSettings): AppServer {
  const { healthy, responseMs, slowMs, keepAliveMs } = settings;
  let draining = false;

  const server: Server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    const answer = (status: number, body: string): void => {
      // A client must not send its next request on a connection that is about to be closed.
      if (draining) response.setHeader('connection', 'close');
      response.writeHead(status, { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(body) });
      response.end(body);
    };
    request.resume();
    if (request.url === '/healthz') {
      answer(healthy ? 200 : 503, healthy ? 'ok\n' : 'unhealthy\n');
      return;
    }
    const answering = setTimeout(answer, request.url === '/slow' ? slowMs : responseMs, 200, `${podName}\n`);
    response.on('close', () => clearTimeout(answering));
  });

  return {
    listen: (address, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, address, resolve);
      }),
    drain: () =>
      new Promise((resolve) => {
        draining = true;
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
    destroy: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
