import type { Pod } from '@targetgate/shared/model';
import type { NeededSleep } from '@targetgate/shared/termination';
import type { Span } from './span.ts';

/** All that is known of the end of a pod behind one binding. Times are epoch milliseconds. */
export interface End {
  /** The pod as it was seen last. */
  readonly pod: Pod;
  /** What the pod's sleep should have been for this binding. */
  readonly need: NeededSleep;
  /** Whether the load balancer may ever have sent it anything. */
  readonly wasInService: boolean;
  /** When this program learnt of the end. */
  readonly seenAt: number;
  /** Undefined where the pod ended, or vanished, without being deleted first. */
  readonly deleted: Span | undefined;
  /** What its deletion leaves it, in seconds. */
  readonly graceSeconds: number;
  /** When it was deleted once more, with a shorter grace period; undefined where that did not happen. */
  readonly cutShortAt: number | undefined;
  /** When ELB said that it drains the target; undefined as long as it has not. */
  readonly deregistered: Span | undefined;
  /** What DeregisterTargets ran into last, in ELB's word. */
  readonly trouble: string | undefined;
  /** How long DeregisterTargets waited for its turn within this program's budget of calls, in milliseconds. */
  readonly inLineMs: number;
  /** When its node was seen to be lost. */
  readonly nodeLostAt: number | undefined;
  /** When it was seen to exist no more. */
  readonly goneAt: number | undefined;
}

/** Why a pod ended too early: what has to change. */
export const unsafeCauses = [
  /** Its own sleep or grace: it would have ended too early with an instant deregistration, too. */
  'sleep-too-short',
  /** ELB answered late, or not at all. */
  'aws-slow',
  /** ELB asked for fewer calls, or the budget that keeps to what it allows had none to spare. */
  'throttled',
  /** Its containers ended before their time, or its deletion left it less than its own grace period. */
  'killed',
  /** Nobody was left on its node to end it in order. */
  'node-lost',
  /** This program did not run, or was cut off from the API server, when the deletion came. */
  'syncer-late',
] as const;

export type UnsafeCause = (typeof unsafeCauses)[number];

/** What has to be known to judge an end, and was not. */
export const unknownCauses = [
  /** How long a preStop hook takes. */
  'hook-unknown',
  /** How long the target group drains. */
  'drain-unknown',
  /** This program did not see the whole of it: it did not run all the time, or the binding went. */
  'unseen',
] as const;

export type UnknownCause = (typeof unknownCauses)[number];

/** Whether a pod served until the load balancer had stopped sending, by how many seconds (where known), and if not why. */
export type EndVerdict =
  | { readonly outcome: 'safe'; readonly marginSeconds?: number }
  | { readonly outcome: 'unsafe'; readonly cause: UnsafeCause; readonly marginSeconds?: number }
  | { readonly outcome: 'unknown'; readonly cause: UnknownCause };
