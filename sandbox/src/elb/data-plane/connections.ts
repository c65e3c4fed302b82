import { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { keyOf, type TargetAddress } from '../targets/target-address.ts';

/** The keep-alive connections to the targets of one group. */
export type Connections = {
  /** The pool for one target. */
  to(target: TargetAddress): Agent;
  /** Ends all connections to the target, in use or not. */
  drop(target: TargetAddress): void;
  close(): void;
};

/** No connections yet. */
export function createConnections(): Connections {
  const pools = new Map<string, Agent>();
  return {
    to(target) {
      const key = keyOf(target);
      const pool = pools.get(key) ?? createPool();
      pools.set(key, pool);
      return pool;
    },
    drop(target) {
      pools.get(keyOf(target))?.destroy();
      pools.delete(keyOf(target));
    },
    close() {
      for (const pool of pools.values()) pool.destroy();
      pools.clear();
    },
  };
}

/**
 * A pool that ignores the target's `Keep-Alive: timeout=` hint. Node's own pool obeys it and so avoids the very race
 * (a request sent while the target closes the connection) that costs a 502 behind a real load balancer. An idle
 * connection ends with the idle timeout that its last request has set on the socket.
 */
function createPool(): Agent {
  const pool = new Agent({ keepAlive: true, maxFreeSockets: Infinity });
  const keepSocketAlive = (socket: Socket): boolean => {
    socket.unref();
    return true;
  };
  return Object.assign(pool, { keepSocketAlive });
}
