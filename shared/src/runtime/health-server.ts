import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

/** A page of the health server: its content type and body, made anew for each request. */
export interface Page {
  readonly type: string;
  readonly body: string;
}

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves /metrics, /healthz (200 for as long as the event loop turns) and /readyz (200, or 503 with the reason).
 *
 * @param options.notReady why the program is not ready, or undefined when it is.
 */
export async function startHealthServer(options: {
  host: string | undefined;
  port: number;
  registry: Registry;
  notReady: () => string | undefined;
  pages?: Readonly<Record<string, () => Page>>;
}): Promise<HealthServer> {
  const { host, port, registry, notReady, pages = {} } = options;

  async function answer(path: string): Promise<Page & { status: number }> {
    if (path === '/metrics')
      return { status: 200, type: registry.contentType, body: await registry.metrics() };
    if (path === '/healthz') return { status: 200, ...text('ok\n') };
    if (path === '/readyz') {
      const reason = notReady();
      return reason === undefined
        ? { status: 200, ...text('ok\n') }
        : { status: 503, ...text(`${reason}\n`) };
    }
    const page = pages[path]?.();
    return page ? { status: 200, ...page } : { status: 404, ...text('not found\n') };
  }

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    answer(path).then(
      (page) => send(response, page.status, page),
      (error: unknown) => send(response, 500, text(`${String(error)}\n`)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host !== undefined && { host }) }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const text = (body: string): Page => ({ type: 'text/plain; charset=utf-8', body });

function send(response: ServerResponse, status: number, { type, body }: Page): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}
