import type { RunningProcess } from '../processes/index.ts';
import type { ElbEvent } from '../elb/index.ts';
import type { NodeEvent, NodesReadyEvent } from '../nodes/index.ts';
import type { ServiceEvent } from '../services/index.ts';
import type { WorldEvent } from './event.ts';
import type { Addresses } from './instance.ts';
import type { WorldOptions } from './options.ts';
import { startPartUntil } from './part.ts';

/** What all parts of a world are given. */
interface Surroundings {
  readonly directory: string;
  readonly addresses: Addresses;
  readonly onEvent: (event: WorldEvent) => void;
  readonly onBroken: (error: Error) => void;
  readonly signal: AbortSignal;
}

/** The simulator's first line. */
interface ElbReady {
  readonly kind: 'elb-ready';
  readonly endpoint: string;
}

/** Starts the ELBv2 simulator. */
export function startElb(
  { onEvent, ...world }: Surroundings,
  { seed = 1, elb = {} }: WorldOptions,
): Promise<RunningProcess & { readonly ready: ElbReady }> {
  const { registrationMs = 1000, routingLagMs = 2000, checks = 'made' } = elb;
  return startPartUntil<ElbEvent | ElbReady, 'elb-ready'>({
    ...world,
    name: 'elb',
    main: 'elb/main.ts',
    args: [
      ...['--addresses', world.addresses.loadBalancers],
      ...['--vpc-cidr', world.addresses.vpc],
      ...['--registration-ms', String(registrationMs)],
      ...['--routing-lag-ms', String(routingLagMs)],
      ...(checks === 'assumed' ? ['--assume-checks'] : []),
      ...['--seed', String(seed)],
    ],
    ready: 'elb-ready',
    onEvent: (event) => {
      if (event.kind !== 'elb-ready') onEvent(event);
    },
  });
}

/** Starts the stand-ins for kubelets. */
export function startNodes(
  world: Surroundings,
  options: {
    readonly kubeconfig: string;
    readonly nodes: number;
    readonly reuseAddresses: 'last' | 'first';
    readonly firstRestartMs: number;
    /** IMAGE=COMMAND, for images that are programs. */
    readonly programs: readonly string[];
    /** Of all programs. */
    readonly environment: Readonly<Record<string, string>>;
  },
): Promise<RunningProcess & { readonly ready: NodesReadyEvent }> {
  const { addresses, directory } = world;
  const variables = Object.entries(options.environment);
  return startPartUntil<NodeEvent, 'nodes-ready'>({
    ...world,
    name: 'nodes',
    main: 'nodes/main.ts',
    args: [
      ...['--kubeconfig', options.kubeconfig],
      ...['--directory', directory],
      ...['--nodes', String(options.nodes)],
      ...['--node-range', addresses.nodes],
      ...['--pod-range', addresses.pods],
      ...['--reuse-addresses', options.reuseAddresses],
      ...['--first-restart', String(options.firstRestartMs)],
      ...options.programs.flatMap((program) => ['--program', program]),
      ...variables.flatMap(([name, value]) => ['--program-env', `${name}=${value}`]),
    ],
    ready: 'nodes-ready',
  });
}

/** Starts the stand-in for kube-proxy. */
export function startServices(world: Surroundings, kubeconfig: string): Promise<RunningProcess> {
  return startPartUntil<ServiceEvent, 'services-ready'>({
    ...world,
    name: 'services',
    main: 'services/main.ts',
    args: ['--kubeconfig', kubeconfig],
    ready: 'services-ready',
  });
}
