import { connect, type Socket } from 'node:net';
import type { Backend } from './backends.ts';

/**
 * Joins a client to a backend, both ways, until both sides have ended. Where one side refuses or breaks off, the
 * other is reset.
 */
export function forward(client: Socket, backend: Backend): void {
  const { address: host, port } = backend;
  const upstream = connect({ host, port, allowHalfOpen: true, noDelay: true });
  client.pipe(upstream);
  upstream.pipe(client);
  upstream.on('error', () => client.resetAndDestroy());
  upstream.on('close', () => client.destroySoon());
  client.on('error', () => upstream.resetAndDestroy());
  client.on('close', () => upstream.destroySoon());
}
