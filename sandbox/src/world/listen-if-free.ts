import { once } from 'node:events';
import { createServer, type ListenOptions } from 'node:net';

/**
 * Takes an address for as long as this process lives, or until the function is called that it gives; undefined where
 * somebody else has it. A listener on all addresses (0.0.0.0 or ::) has its port on every one of them.
 *
 * @throws the system's error when the address cannot be had for another reason.
 */
export async function listenIfFree(address: ListenOptions): Promise<(() => Promise<void>) | undefined> {
  const server = createServer().listen(address);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
  server.unref();
  return async () => {
    server.close();
    await once(server, 'close');
  };
}
