import type { AgentOptions } from 'node:https';
import { HttpMethod, RequestContext, type Cluster, type KubeConfig } from '@kubernetes/client-node';
import { Misconfigured } from '../runtime/misconfigured.ts';
import { Agent, type Dispatcher } from 'undici';

/** What a request to the API server needs: where, as whom, over which connections. */
export interface Credentials {
  readonly server: string;
  readonly headers: Record<string, string>;
  readonly dispatcher: Dispatcher;
}

/** How long credentials are used before they are read again: far less than a token's or a CA's life. */
const credentialsAgeMs = 10_000;

/**
 * Credentials from a kubeconfig, kept for a few seconds.
 *
 * client-node makes a new connection pool for every call. This keeps one pool for as long as the TLS options
 * (CA, client certificate) stay what they are, and drops it when they change, so a rotated CA takes effect.
 */
export function createTransport(config: KubeConfig): {
  credentials: () => Promise<Credentials>;
  /** Reads the credentials anew for the next call: the API server has refused these. */
  forget: () => void;
  close: () => Promise<void>;
} {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined)
    throw new Misconfigured('the kubeconfig has no current cluster: set current-context');
  const pools = cachePools(config);
  let current: { readonly at: number; readonly value: Promise<Credentials> } | undefined;

  async function read(url: string): Promise<Credentials> {
    const context = new RequestContext(url, HttpMethod.GET);
    await config.applySecurityAuthentication(context);
    return { server: url, headers: context.getHeaders(), dispatcher: pools.current() };
  }

  const forget = (): void => {
    current = undefined;
  };

  return {
    credentials: () => {
      const now = performance.now();
      if (current === undefined || now - current.at > credentialsAgeMs) {
        const value = read(server);
        current = { at: now, value };
        value.catch(forget);
      }
      return current.value;
    },
    forget,
    close: () => pools.close(),
  };
}

/** The private method of client-node 2.0.1 that makes a pool per call. */
interface PoolMaker {
  createDispatcher(cluster: Cluster | null, options: AgentOptions): Dispatcher | undefined;
}

/** Replaces the kubeconfig's maker of connection pools by one that keeps the pool. */
function cachePools(config: KubeConfig): { current: () => Dispatcher; close: () => Promise<void> } {
  const maker = config as unknown as PoolMaker;
  const create = maker.createDispatcher.bind(config);
  let pool: { readonly key: string; readonly dispatcher: Dispatcher } | undefined;

  maker.createDispatcher = (cluster, options) => {
    const key = JSON.stringify([cluster?.server, cluster?.proxyUrl, options], (_, value: unknown) =>
      Buffer.isBuffer(value) ? value.toString('base64') : value,
    );
    if (pool?.key !== key) {
      // Calls in flight finish on the old pool; it closes after the last of them.
      void pool?.dispatcher.close();
      pool = { key, dispatcher: create(cluster, options) ?? new Agent() };
    }
    return pool.dispatcher;
  };

  return {
    current: () => {
      if (pool === undefined) throw new Error('credentials are read before the pool is used');
      return pool.dispatcher;
    },
    close: async () => {
      await pool?.dispatcher.destroy();
    },
  };
}
