import type { Container } from '../pod/container.ts';
import type { Pod } from '../pod/pod.ts';
import type { Place } from '../pod/environment.ts';

/** How a container ended. A signal counts as 128 + its number, as a shell counts it. */
export interface Exit {
  readonly code: number;
  readonly reason: 'Completed' | 'Error' | 'StartError' | 'ContainerStatusUnknown';
  readonly message?: string;
}

/** A container that runs, or has run. */
export interface RunningContainer {
  /** The program's process; undefined for an app. */
  readonly pid: number | undefined;
  /** Never rejects. */
  readonly ended: Promise<Exit>;
  terminate(): void;
  kill(): void;
}

/** What a runtime needs to start a container. */
export interface Launch {
  readonly pod: Pod;
  readonly container: Container;
  readonly place: Place;
  /** Aborted when the pod has ended: what was laid out for the pod as a whole can go. */
  readonly podEnded: AbortSignal;
}

/**
 * Starts a container.
 *
 * @throws NoSuchImage where the runtime has nothing to run for the image; any other error is a failed start, which is
 * retried with back-off.
 */
export type ContainerRuntime = (launch: Launch) => Promise<RunningContainer>;

/** There is nothing to run for an image. The container waits (ErrImagePull) until its pod is deleted. */
export class NoSuchImage extends Error {
  override readonly name = 'NoSuchImage';
}

/** The name of an image, without its tag and digest. */
export const imageName = (image: string): string => image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');

/** The exit of a container that ended with `code`. */
export const exit = (code: number, message?: string): Exit => ({
  code,
  reason: code === 0 ? 'Completed' : 'Error',
  ...(message !== undefined && { message }),
});
