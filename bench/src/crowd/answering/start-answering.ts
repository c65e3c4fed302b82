import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

const healthy = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok';
const ill = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';

/** Servers that answer until they are closed. */
export interface Answering {
  close(): Promise<void>;
}

/**
 * Listens on each address, and answers each request with 200 and its end: a server that costs as little as can be, so
 * that hundreds of health checks a second leave the machine to what is measured. A POST makes an address ill: from
 * then on it answers 503.
 */
export async function startAnswering(addresses: readonly string[], port: number): Promise<Answering> {
  const servers = await Promise.all(addresses.map((address) => answer(address, port)));
  return {
    close: async () => {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

async function answer(host: string, port: number): Promise<Server> {
  let reply = healthy;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (head) => {
      if (head.subarray(0, 4).toString() === 'POST') reply = ill;
      socket.end(reply);
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}
