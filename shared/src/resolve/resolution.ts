import type { Pod } from '../model/index.ts';
import type { Problem } from './problem.ts';

/** Where the load balancer finds a backend. */
export interface Target {
  /** An IP address, or an EC2 instance id. */
  readonly id: string;
  readonly port: number;
}

/** What stands behind a target. Its uid is its identity: names and addresses are used again. */
export interface Subject {
  readonly kind: 'pod' | 'node' | 'endpoint';
  readonly name: string;
  readonly uid: string;
}

/**
 * Whether a subject belongs into its target group now. `leaving`: it is about to end, and stays no target; a node that
 * leaves has pods that still run.
 */
export type Registration = 'wanted' | 'not-ready' | 'leaving';

/** A subject that a binding selects, and its target, or why it has none. */
export type Candidate = {
  readonly subject: Subject;
  readonly registration: Registration;
  /** The pod, where the subject is one. */
  readonly pod?: Pod;
} & (
  | { readonly target: Target; readonly problem?: never }
  | { readonly target?: never; readonly problem: Problem }
);

/** The candidates of a binding in the order of their names, or what keeps the whole binding from having any. */
export type Resolution =
  | { readonly candidates: readonly Candidate[]; readonly problem?: never }
  | { readonly candidates?: never; readonly problem: Problem };
