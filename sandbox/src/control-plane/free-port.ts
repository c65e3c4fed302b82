import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A TCP port of 127.0.0.1 that nothing listens on, one of the 10,000 from `first` on. They should be below those
 * that Linux gives to outgoing connections (32768 and up): one of these could otherwise take a server's port while
 * the server restarts. Servers that start together take theirs from different ranges.
 */
export async function freePort(first: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = first + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
  throw new Error(`found no free port on 127.0.0.1 from ${first} on in 100 attempts`);
}

/** Whether a server can listen on the port now; any reason against it counts. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}
