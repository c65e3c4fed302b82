import { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { keyOf, type TargetAddress } from '../targets/target-address.ts';
import { DrainOver } from './failure.ts';

/** The keep-alive connections to the targets of one group. */
export type Connections = {
  /** The pool for one target. */
  to(target: TargetAddress): Agent;
  /** Ends all connections to the target after so many milliseconds, in use or not, unless `keep` comes before. */
  end(target: TargetAddress, afterMs: number): void;
  /** The target is registered, or still drains: its connections stay. */
  keep(target: TargetAddress): void;
  close(): void;
};

/** No connections yet. */
export function createConnections(): Connections {
  const pools = new Map<string, Agent>();
  const ends = new Map<string, NodeJS.Timeout>();

  function drop(key: string): void {
    ends.delete(key);
    const pool = pools.get(key);
    pools.delete(key);
    const busy = Object.values(pool?.sockets ?? {}).flatMap((sockets = []) => sockets);
    for (const socket of busy) socket.destroy(new DrainOver());
    pool?.destroy();
  }
  function keep(target: TargetAddress): void {
    clearTimeout(ends.get(keyOf(target)));
    ends.delete(keyOf(target));
  }

  return {
    to(target) {
      const key = keyOf(target);
      const pool = pools.get(key) ?? createPool();
      pools.set(key, pool);
      return pool;
    },
    end(target, afterMs) {
      keep(target);
      ends.set(
        keyOf(target),
        setTimeout(() => drop(keyOf(target)), afterMs),
      );
    },
    keep,
    close() {
      for (const timer of ends.values()) clearTimeout(timer);
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
