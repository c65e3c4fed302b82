import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { KubeClient } from '@targetgate/shared/kube';
import type { ControlPlane } from '../control-plane/index.ts';
import type { AccountChanges, Faults } from '../elb/index.ts';
import type { ElbIdentity } from './aws.ts';
import type { WorldEvent } from './event.ts';
import type { Addresses } from './instance.ts';
import type { Kubectl } from './kubectl.ts';
import type { Program } from './programs.ts';
import type { MadeTargetGroup, TargetGroupOptions } from './target-group.ts';
import type { RunningTraffic, TrafficRequest } from './traffic-process.ts';
import type { Patience, Seen } from './until.ts';

/** A Kubernetes object as a user would write it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** A whole sandbox that runs: a cluster, an ELB, and targetgate in between. */
export interface World {
  /** The API server, as a user who may do anything. */
  readonly kube: KubeClient;
  /** The real kubectl, as the same user. */
  readonly kubectl: Kubectl;
  /** Creates or changes objects, as `kubectl apply` does. */
  apply(objects: readonly Manifest[]): Promise<void>;
  /** The real SDK's client of the simulator. */
  readonly elb: ElasticLoadBalancingV2Client;
  readonly elbEndpoint: string;
  /** A client in another account, by a role that `setAccount` has made known, or in another region. */
  elbAs(identity: ElbIdentity): ElasticLoadBalancingV2Client;
  makeTargetGroup(options: TargetGroupOptions): Promise<MadeTargetGroup>;
  /** Makes the ELB API fail on purpose; `{}` ends it. */
  setFaults(faults: Faults): Promise<void>;
  /**
   * Changes what ELB knows of EC2 instances (the nodes, to begin with), VPC, quotas and roles. A field that is given
   * replaces the former one as a whole.
   */
  setAccount(changes: AccountChanges): Promise<void>;
  /** Makes the API say that a node's kubelet is silent, or back. Its containers run on, as after a kubelet's death. */
  setKubelet(node: string, state: 'dead' | 'alive'): Promise<void>;
  /** Starts to send requests, and waits for the first answers. */
  startTraffic(request: TrafficRequest): Promise<RunningTraffic>;
  /** The running containers of a name (`webhook`, `syncer`), the newest first. */
  programs(container: string): Program[];
  /** Waits until a probe says that it is so. Throws with what was seen last, or at once when a part has broken. */
  until<T>(description: string, probe: () => Promise<Seen<T>>, patience?: Patience): Promise<T>;
  /** All that has happened so far, in order of arrival. */
  readonly journal: readonly WorldEvent[];
  readonly controlPlane: ControlPlane;
  /** The addresses that this world has and no other one. */
  readonly addresses: Addresses;
  /** Data, keys, and a log per part; removed by close(). */
  readonly directory: string;
  /** Aborted, with the reason, when a part has ended by itself or the world is being closed. */
  readonly broken: AbortSignal;
  /** Stops everything in order. */
  close(): Promise<void>;
}
