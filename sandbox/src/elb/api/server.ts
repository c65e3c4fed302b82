import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { answerCall, type CallContext } from './call.ts';
import { answerControl, type Control } from './control.ts';

/** The API's HTTP endpoint, listening. */
export type ApiServer = {
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  /** Stops taking calls; delayed ones are answered at once, with an error. */
  close(): Promise<void>;
};

/** Listens on 127.0.0.1; port 0 takes any free one. */
export async function startApiServer(port: number, context: CallContext & Control): Promise<ApiServer> {
  const stopping = new AbortController();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return answerControl(request, response, context);
    const call = { body: await text(request), authorization: request.headers.authorization };
    const { status, requestId, xml } = await answerCall(call, context, stopping.signal);
    response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId });
    response.end(xml);
  }

  const server = http.createServer((request, response) => {
    // What fails here is the connection: there is nobody left to answer.
    handle(request, response).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      stopping.abort();
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}
