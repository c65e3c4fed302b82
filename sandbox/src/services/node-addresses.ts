import { startReflector, type KubeClient } from '@targetgate/shared/kube';

/** The addresses of the nodes, where node ports are opened. */
export interface NodeAddresses {
  readonly synced: Promise<void>;
  addresses(): string[];
  stop(): Promise<void>;
}

interface RawStatus {
  readonly addresses?: readonly { readonly type: string; readonly address: string }[];
}

/** Follows the InternalIPs of all Node objects. */
export function watchNodeAddresses(options: {
  readonly client: KubeClient;
  readonly onChange: () => void;
  readonly onProblem: (problem: unknown) => void;
}): NodeAddresses {
  const reflector = startReflector({
    ...options,
    path: '/api/v1/nodes',
    project: ({ metadata, status }) => ({
      namespace: '',
      name: metadata.name,
      addresses: ((status as RawStatus | undefined)?.addresses ?? [])
        .filter(({ type }) => type === 'InternalIP')
        .map(({ address }) => address),
    }),
    indexes: {},
  });
  return {
    synced: reflector.synced,
    stop: () => reflector.stop(),
    addresses: () => [...reflector.store.list()].flatMap(({ addresses }) => addresses),
  };
}

/** Addresses that are known beforehand, and stay. */
export const fixedNodeAddresses = (addresses: readonly string[]): NodeAddresses => ({
  synced: Promise.resolve(),
  addresses: () => [...addresses],
  stop: () => Promise.resolve(),
});
