import type { Container } from '../pod/container.ts';
import type { Place } from '../pod/environment.ts';
import type { Pod } from '../pod/pod.ts';
import type { ContainerRuntime } from '../runtimes/runtime.ts';
import type { ContainerView } from './container-state.ts';
import type { Signal } from './run-container.ts';
import { superviseContainer, type SupervisedContainer } from './supervise-container.ts';

/** A step of one container of a pod. */
export interface ContainerStep {
  readonly phase: 'started' | Signal;
  readonly container: string;
  readonly pid?: number;
}

/** The containers of one pod. */
export interface PodContainers {
  containers(): ContainerView[];
  sidecars(): ContainerView[];
  /** Starts the sidecars, one after the other, then all others side by side. */
  start(place: Place): Promise<void>;
  /** Stops all others side by side, then the sidecars in reverse order (KEP-753). */
  stop(graceOver: AbortSignal): Promise<void>;
}

export function podContainers(options: {
  readonly pod: Pod;
  readonly runtime: ContainerRuntime;
  readonly firstRestartMs: number | undefined;
  readonly onChange: () => void;
  readonly onStep: (step: ContainerStep) => void;
}): PodContainers {
  const { pod, runtime, firstRestartMs, onChange, onStep } = options;
  const ended = new AbortController();
  let stopping = false;

  const supervise = (container: Container): SupervisedContainer =>
    superviseContainer({
      container,
      restartPolicy: pod.restartPolicy,
      firstRestartMs,
      launch: (place) => runtime({ pod, container, place, podEnded: ended.signal }),
      onChange,
      mark: (phase, pid) => onStep({ phase, container: container.name, ...(pid !== undefined && { pid }) }),
    });
  const sidecars = pod.sidecars.map(supervise);
  const containers = pod.containers.map(supervise);

  return {
    containers: () => containers.map((container) => container.view()),
    sidecars: () => sidecars.map((sidecar) => sidecar.view()),
    start: async (place) => {
      for (const sidecar of sidecars) {
        await sidecar.start(place);
        if (stopping) return;
      }
      await Promise.all(containers.map((container) => container.start(place)));
    },
    stop: async (graceOver) => {
      stopping = true;
      await Promise.all(containers.map((container) => container.stop(graceOver)));
      for (const sidecar of sidecars.toReversed()) await sidecar.stop(graceOver);
      ended.abort();
    },
  };
}
