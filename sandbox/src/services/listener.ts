import { createServer, type Socket } from 'node:net';

/** An open port. */
export interface Listener {
  /** Accepts no more connections; those that are there go on. */
  close(): void;
}

/** Why a port could not be opened, in words that say what to do. */
export function explain(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EACCES' && port < 1024) {
    return 'only root can listen on a port below 1024; give the service a higher port';
  }
  return error.message;
}

/** Opens a port. `settled` hears undefined when it listens, or else the reason why it never will. */
export function listen(options: {
  readonly address: string;
  readonly port: number;
  readonly accept: (client: Socket) => void;
  readonly settled: (problem: string | undefined) => void;
}): Listener {
  const { address, port, accept, settled } = options;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
  let closed = false;
  server.once('error', (error) => settled(explain(error, port)));
  server.listen({ host: address, port }, () => {
    if (closed) server.close();
    else settled(undefined);
  });
  return {
    close: () => {
      // One that does not listen yet cannot be closed yet.
      closed = true;
      server.close();
    },
  };
}
