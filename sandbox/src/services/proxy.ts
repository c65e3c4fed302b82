import type { Socket } from 'node:net';
import type { Backend } from './backends.ts';
import type { RecordEvent } from './event.ts';
import { forward } from './forward.ts';
import type { Frontend } from './frontends.ts';
import { listen, type Listener } from './listener.ts';

/** Listens on frontends, and forwards to backends. */
export interface Proxy {
  /** Opens the frontends that are new, closes those that are no longer there, and keeps the others. */
  serve(frontends: readonly Frontend[]): void;
  /** Closes all, and breaks off all connections. */
  close(): void;
}

/** A proxy that asks `backends` for each connection, and takes them in turn; a client without any is reset. */
export function createProxy(options: {
  readonly backends: (frontend: Frontend) => readonly Backend[];
  readonly record: RecordEvent;
}): Proxy {
  const { backends, record } = options;
  const clients = new Set<Socket>();
  const open = new Map<string, { frontend: Frontend; readonly listener: Listener; turn: number }>();

  function accept(key: string, client: Socket): void {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    client.on('error', () => undefined);
    const entry = open.get(key);
    const choices = entry ? backends(entry.frontend) : [];
    const backend = entry && choices[entry.turn++ % choices.length];
    if (backend) forward(client, backend);
    else client.resetAndDestroy();
  }

  function start(key: string, frontend: Frontend): void {
    const { address, port, service } = frontend;
    const name = `${service.namespace}/${service.name}`;
    const listener = listen({
      address,
      port,
      accept: (client) => accept(key, client),
      settled: (problem) => {
        const at = Date.now();
        if (problem === undefined) record({ kind: 'listening', at, service: name, address, port });
        else record({ kind: 'problem', at, message: `service ${name}: cannot listen on ${key}: ${problem}` });
      },
    });
    open.set(key, { frontend, listener, turn: 0 });
  }

  function stop(key: string): void {
    const entry = open.get(key);
    if (entry === undefined) return;
    open.delete(key);
    entry.listener.close();
  }

  return {
    serve: (frontends) => {
      const wanted = new Map(frontends.map((frontend) => [`${frontend.address}:${frontend.port}`, frontend]));
      for (const key of open.keys()) if (!wanted.has(key)) stop(key);
      for (const [key, frontend] of wanted) {
        const entry = open.get(key);
        if (entry) entry.frontend = frontend;
        else start(key, frontend);
      }
    },
    close: () => {
      for (const key of [...open.keys()]) stop(key);
      for (const client of clients) client.destroy();
    },
  };
}
