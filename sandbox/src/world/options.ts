import type { Spread } from '../elb/index.ts';
import type { WorldEvent } from './event.ts';
import type { Addresses } from './instance.ts';
import type { InstallOptions } from './manifests.ts';

/** What a world is made of. */
export interface WorldOptions extends InstallOptions {
  /** Applies manifests/ and waits until webhook and syncer work. Their bundles must have been built. */
  readonly withTargetgate: boolean;
  /** How many nodes there are (default 2). */
  readonly nodes?: number;
  /**
   * Where everything is (default: loopback addresses that no other sandbox has). With others, such as
   * `privateAddresses` in a network namespace, the cluster has EndpointSlices too.
   */
  readonly addresses?: Addresses;
  /** Whose turn a pod's freed address is: last (default) or next. */
  readonly reuseAddresses?: 'last' | 'first';
  /** How long a container that ended by itself waits for its first restart (default: 500 ms, as with a kubelet). */
  readonly firstRestartMs?: number;
  /** Whether the API server streams lists (default), or gives them by pages only, as those before 1.34 do. */
  readonly streamsLists?: boolean;
  /** Makes the simulator's random phases, lags and ids repeatable (default 1). */
  readonly seed?: number;
  /** The load balancer's own times, in milliseconds; health checks are set per target group. */
  readonly elb?: {
    /** How long a target stays in Elb.RegistrationInProgress (default 1000). */
    readonly registrationMs?: number;
    /** How long new requests still reach a deregistered target, in groups without a lag of their own (default 2000). */
    readonly routingLagMs?: Spread;
    /** `assumed`: health checks pass without being made, for targets that nothing listens on (default `made`). */
    readonly checks?: 'made' | 'assumed';
  };
  /** Gets each event as it happens. */
  readonly journal?: (event: WorldEvent) => void;
  /** Gets a line for each thing that is being started. */
  readonly onProgress?: (line: string) => void;
  /** Closes the world, in order; a start that is under way is given up. */
  readonly signal?: AbortSignal;
}
