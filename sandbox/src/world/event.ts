import type { ElbEvent } from '../elb/index.ts';
import type { NodeEvent } from '../nodes/index.ts';
import type { ServiceEvent } from '../services/index.ts';
import type { TrafficEvent } from '../traffic/index.ts';

/** A pod's readiness gate as the API has it: told when the pod is first seen and at each change. */
export interface GateEvent {
  readonly kind: 'gate';
  /** When the watch showed it, in epoch milliseconds. */
  readonly at: number;
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
  /** The condition type that the gate names. */
  readonly gate: string;
  /** `missing` until somebody writes the condition. */
  readonly status: 'True' | 'False' | 'Unknown' | 'missing';
  readonly reason: string | undefined;
  readonly message: string | undefined;
}

/** A pod's deletionTimestamp, as the API has it. The nodes report it too, each from its own watch. */
export interface DeletionEvent {
  readonly kind: 'deletion';
  /** When the watch showed it, in epoch milliseconds. */
  readonly at: number;
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
}

/** What a traffic process reports, with the name that it was started under. */
export type TrafficRecord = TrafficEvent & { readonly traffic: string };

/** Everything that happens in a world. Every event has `at`, in epoch milliseconds of one clock. */
export type WorldEvent = ElbEvent | NodeEvent | ServiceEvent | TrafficRecord | GateEvent | DeletionEvent;
