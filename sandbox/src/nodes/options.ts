import type { RecordEvent } from './event.ts';
import type { NodeIdentity } from './node-object.ts';

/** What the nodes are made of. */
export interface NodesOptions {
  /** The administrator's kubeconfig; the programs' own name the same server, with another identity. */
  readonly kubeconfig: string;
  /** How many nodes there are: node-1, node-2, ... */
  readonly count: number;
  /** The IPv4 blocks of the nodes' and of the pods' addresses. This machine must be able to bind all of them. */
  readonly nodeRange: string;
  readonly podRange: string;
  /** 'last' (the default) keeps a freed address aside as long as there are others; 'first' hands it out next. */
  readonly reuseAddresses?: 'last' | 'first';
  /** A folder for the programs' output (`logs/`), and for their kubeconfigs and tokens (`pods/`). */
  readonly directory: string;
  /** The command that each image stands for, by the image's name without its tag. The container's args follow it. */
  readonly programs?: Readonly<Record<string, readonly string[]>>;
  /** Environment that all programs get; a container's own entries win. */
  readonly programEnv?: Readonly<Record<string, string>>;
  /**
   * What the container runtime takes to start a pod, in milliseconds: each pod draws from this span. The default
   * makes three pods ContainersReady 0.4-0.9 s after their creation, as measured on containerd.
   */
  readonly startDelayMs?: readonly [least: number, most: number];
  /** How long a container that ended by itself waits for its first restart (default: 500 ms, as with a kubelet). */
  readonly firstRestartMs?: number;
  readonly record?: RecordEvent;
}

/** Nodes that run. One whose Node object is deleted is a machine that was taken away: its pods end without a word. */
export interface Nodes {
  readonly nodes: readonly NodeIdentity[];
  /** Stops them as if they lost their power: all pods end, and the API is not told. */
  close(): Promise<void>;
}
