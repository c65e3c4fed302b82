import type { AssumedRole } from '@targetgate/shared/model';
import type { ElbResult } from './target-groups.ts';

/**
 * What a call to ELB is made for, the most urgent first:
 *
 * | urgency    | the call                      | a delay costs                                      |
 * | ---------- | ----------------------------- | -------------------------------------------------- |
 * | deregister | DeregisterTargets             | requests, once the pod has ended                   |
 * | register   | RegisterTargets               | the time of a rollout                              |
 * | awaited    | a question somebody waits for | the time of a rollout, after the target is healthy |
 * | routine    | any other question            | nothing soon                                       |
 */
export const urgencies = ['deregister', 'register', 'awaited', 'routine'] as const;

export type Urgency = (typeof urgencies)[number];

/** Whether the first goes before the second. */
export const isMoreUrgent = (one: Urgency, other: Urgency): boolean =>
  urgencies.indexOf(one) < urgencies.indexOf(other);

/** A call that is to be made. */
export interface Order {
  readonly urgency: Urgency;
  /** Who calls. */
  readonly role: AssumedRole | undefined;
  /** What the call is about: the ARN of a target group or load balancer; the name of a group whose ARN is not known. */
  readonly about: string;
}

/** The right to make one call to ELB. Others wait for theirs: it is made soon, or given back. */
export interface Turn {
  /** Makes the call; the budget learns from the answer. */
  call<T>(send: () => Promise<ElbResult<T>>): Promise<ElbResult<T>>;
  /** There is nothing to call after all. Where a call was made, this does nothing. */
  giveBack(): void;
}

/** The line in which calls to ELB wait for their turn. */
export interface Turns {
  /**
   * Calls back once, when a call's turn has come: before it returns, where nothing is in the way. Gives how to leave the
   * line.
   */
  wait(order: Order, onTurn: (turn: Turn) => void): () => void;
  /** When ELB last took a call that spent the same quota (epoch ms); undefined where it took none. */
  takenAt(order: Order): number | undefined;
  /**
   * Whether a call that others would share, if it waited for them, may go without. As long as there are few such calls
   * they may; each one counts.
   */
  mayGoAlone(order: Order): boolean;
  /** From now on turns come at once, those that are waited for too, and their calls are not made. */
  close(): void;
}

/** The turn of a call, for those who have nothing else to do until it comes. */
export const nextTurn = (turns: Turns, order: Order): Promise<Turn> =>
  new Promise((resolve) => turns.wait(order, resolve));
