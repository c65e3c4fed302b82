/** A step in a pod's life, in the order in which a quiet pod takes them. */
export type PodPhase =
  | 'created'
  | 'scheduled'
  | 'started'
  | 'containers-ready'
  | 'containers-not-ready'
  | 'ready'
  | 'not-ready'
  | 'deleted'
  | 'sigterm'
  | 'sigkill'
  | 'ended'
  | 'gone';

/**
 * A step in a pod's life.
 *
 * `created`, `scheduled`, `deleted` (a deletionTimestamp) and `gone` are recorded when the watch shows them; the four
 * readiness steps when the API server has accepted the status; the others when they happen. `started`, `sigterm` and
 * `sigkill` are about one container, and come again when it is restarted.
 */
export interface PodEvent {
  readonly kind: 'pod';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly phase: PodPhase;
  readonly ip?: string;
  readonly container?: string;
  /** The program's process; apps have none, they are servers inside this one. */
  readonly pid?: number;
}

/** All nodes are registered and all pods are known. */
export interface NodesReadyEvent {
  readonly kind: 'nodes-ready';
  readonly at: number;
  readonly nodes: readonly { readonly name: string; readonly address: string; readonly instanceId: string }[];
}

/** Something that is retried, or a pod that cannot be run as it asks. */
export interface ProblemEvent {
  readonly kind: 'problem';
  readonly at: number;
  readonly message: string;
}

/** All that the nodes tell of themselves. */
export type NodeEvent = PodEvent | NodesReadyEvent | ProblemEvent;

export type RecordEvent = (event: NodeEvent) => void;
