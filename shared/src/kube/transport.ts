import type { Agent } from 'node:http';
import type { AgentOptions, RequestOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { Cluster, KubeConfig } from '@kubernetes/client-node';
import { Misconfigured } from '../runtime/misconfigured.ts';

/** What a request to the API server needs: where, as whom, over which connections. */
export interface Credentials {
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `user:password` of a kubeconfig that has such a thing. */
  readonly auth: string | undefined;
  readonly agent: Agent;
}

/** How long credentials are used before they are read again: far less than a token's or a CA's life. */
const credentialsAgeMs = 10_000;

/** The API server closes connections that nobody has used for 90 s (net/http's IdleTimeout): they are let go before. */
const idleConnectionMs = 30_000;

/**
 * Credentials from a kubeconfig, kept for a few seconds.
 *
 * client-node's agents open a connection for every call. This one keeps them open for as long as the TLS options
 * (CA, client certificate) stay what they are, and is replaced when they change, so a rotated CA takes effect.
 */
export function createTransport(config: KubeConfig): {
  credentials: () => Promise<Credentials>;
  /** Reads the credentials anew for the next call: the API server has refused these. */
  forget: () => void;
  /** Breaks off what is under way. */
  close: () => void;
} {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined)
    throw new Misconfigured('the kubeconfig has no current cluster: set current-context');
  const agents = keepAgent(config);
  let current: { readonly at: number; readonly value: Promise<Credentials> } | undefined;

  async function read(url: string): Promise<Credentials> {
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    const headers = (options.headers ?? {}) as Record<string, string>;
    return { server: url, headers, auth: options.auth ?? undefined, agent: agents.current() };
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
    close: () => agents.close(),
  };
}

/** What of client-node 2.0.1 makes agents: private, and its cache knows clusters and users by their names only. */
interface AgentMaker {
  readonly agentCache: Map<string, Agent>;
  createAgent(cluster: Cluster | null, options: AgentOptions): Agent;
}

/** Reading certificates and keys takes longer than the rest of a connection's start: once is enough. */
const forMany = (options: AgentOptions): AgentOptions => ({
  secureContext: createSecureContext(options),
  keepAlive: true,
  timeout: idleConnectionMs,
});

/** Replaces the kubeconfig's maker of agents by one that makes them anew when TLS options change, not for every call. */
function keepAgent(config: KubeConfig): { current: () => Agent; close: () => void } {
  const maker = config as unknown as AgentMaker;
  const create = maker.createAgent.bind(config);
  let kept: { readonly key: string; readonly agent: Agent } | undefined;

  maker.createAgent = (cluster, options) => {
    const key = JSON.stringify([cluster?.server, cluster?.proxyUrl, options], (_, value: unknown) =>
      Buffer.isBuffer(value) ? value.toString('base64') : value,
    );
    if (kept?.key !== key) {
      maker.agentCache.clear();
      // Calls in flight finish on the old one, whose connections then end by their idle time.
      kept = { key, agent: create(cluster, { ...options, ...forMany(options) }) };
    }
    return kept.agent;
  };

  return {
    current: () => {
      if (kept === undefined) throw new Error('credentials are read before the agent is used');
      return kept.agent;
    },
    close: () => kept?.agent.destroy(),
  };
}
