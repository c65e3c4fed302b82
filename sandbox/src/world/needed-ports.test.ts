import { describe, expect, it } from '@jest/globals';
import { listenIfFree } from './listen-if-free.ts';
import { checkNeededPorts } from './needed-ports.ts';

/** No world's address, and no other test process's. */
const host = `127.48.${(process.pid >>> 8) % 256}.${process.pid % 256}`;

describe('the ports that a world needs', () => {
  it.each([8080, 9443])('include %d: where it is taken, the error says what to do', async (port) => {
    const release = await listenIfFree({ host, port });
    await expect(checkNeededPorts(host)).rejects.toThrow(
      `port ${port} is taken on all addresses by another program: stop it, or let it listen on 127.0.0.1 only`,
    );
    await release?.();
  });

  it('are free again after they have been looked at', async () => {
    await checkNeededPorts(host);
    await expect(checkNeededPorts(host)).resolves.toBeUndefined();
  });

  it('cannot be had on an address that this machine does not have: the error says where it would', async () => {
    await expect(checkNeededPorts('192.0.2.1')).rejects.toMatchObject({
      message:
        'this machine has no address 192.0.2.1: start the sandbox by node sandbox/src/netns/main.ts -- COMMAND',
      cause: { code: 'EADDRNOTAVAIL' },
    });
  });
});
