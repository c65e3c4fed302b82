import type { Exit } from '../runtimes/runtime.ts';

/** A container that has not started, or waits to be restarted. */
export interface Waiting {
  readonly is: 'waiting';
  readonly reason: 'ContainerCreating' | 'CrashLoopBackOff' | 'ErrImagePull';
  readonly message?: string;
}

/** A container that runs, since `since` in epoch milliseconds. */
export interface Running {
  readonly is: 'running';
  readonly since: number;
  readonly started: boolean;
  readonly ready: boolean;
}

/** A container that ran from `since` to `at`. */
export interface Ended {
  readonly is: 'ended';
  readonly since: number;
  readonly at: number;
  readonly exit: Exit;
}

export type ContainerState = Waiting | Running | Ended;

/** A container, as its pod's status shows it. */
export interface ContainerView {
  readonly name: string;
  readonly image: string;
  readonly state: ContainerState;
  /** The last end, where it has been restarted or is about to be. */
  readonly previous: Ended | undefined;
  readonly restarts: number;
}

export const isReady = ({ state }: ContainerView): boolean => state.is === 'running' && state.ready;
