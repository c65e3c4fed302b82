import { startReflector, type KubeClient } from '@targetgate/shared/kube';
import type { NodeIdentity } from './node-object.ts';

/** Follows the Node objects: which nodes take new pods, and which are gone. */
export interface Cordons {
  readonly synced: Promise<void>;
  /** The names of the nodes that exist and are not cordoned, in the order given. */
  open(): string[];
  stop(): Promise<void>;
}

export function watchCordons(options: {
  readonly client: KubeClient;
  readonly nodes: readonly NodeIdentity[];
  /** Told when a Node object was deleted. */
  readonly onGone: (name: string) => void;
  readonly onProblem: (problem: unknown) => void;
}): Cordons {
  const { client, nodes, onGone, onProblem } = options;
  const reflector = startReflector({
    client,
    path: '/api/v1/nodes',
    project: ({ metadata, spec }) => ({
      namespace: '',
      name: metadata.name,
      cordoned: (spec as { unschedulable?: boolean } | undefined)?.unschedulable === true,
    }),
    indexes: {},
    onChange: ({ before, after }) => {
      if (before && !after) onGone(before.name);
    },
    onProblem,
  });
  return {
    synced: reflector.synced,
    open: () =>
      nodes.map(({ name }) => name).filter((name) => reflector.store.get('', name)?.cordoned === false),
    stop: () => reflector.stop(),
  };
}
