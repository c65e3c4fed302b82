import { listenIfFree } from './listen-if-free.ts';

/** What pods and load balancers listen on, each on an address of its own: apps and metrics; the webhook. */
const neededPorts = [8080, 9443];

/**
 * Makes sure that a world's programs can have their ports. `host` is one of its addresses that nobody uses, so what
 * has a port there has it on all addresses.
 *
 * @throws Error with what to do about a port that is taken, or about an address that this machine does not have.
 */
export async function checkNeededPorts(host: string): Promise<void> {
  for (const port of neededPorts) {
    const release = await listenIfFree({ host, port }).catch((cause: unknown) => {
      throw new Error(
        `this machine has no address ${host}: start the sandbox by node sandbox/src/netns/main.ts -- COMMAND`,
        { cause },
      );
    });
    if (!release) {
      throw new Error(
        `port ${port} is taken on all addresses by another program: stop it, or let it listen on 127.0.0.1 only`,
      );
    }
    await release();
  }
}
