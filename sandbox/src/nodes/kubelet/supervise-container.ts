import { aborted, pause } from '../pause.ts';
import type { Container } from '../pod/container.ts';
import type { Place } from '../pod/environment.ts';
import type { RestartPolicy } from '../pod/pod.ts';
import { NoSuchImage, type Exit, type RunningContainer } from '../runtimes/runtime.ts';
import type { ContainerState, ContainerView, Ended } from './container-state.ts';
import { endContainer } from './end-container.ts';
import { forgivenMs, restartDelayMs, restarts } from './restart.ts';
import { runContainer, type Signal } from './run-container.ts';

/** A container that is started, restarted when it ends by itself, and at last stopped. */
export interface SupervisedContainer {
  view(): ContainerView;
  /** Starts it. Settles when its startup probe has passed, or when it never will. */
  start(place: Place): Promise<void>;
  /** Stops it for good, with its preStop hook, within the grace period. Settles when it has ended. */
  stop(graceOver: AbortSignal): Promise<void>;
}

export function superviseContainer(options: {
  readonly container: Container;
  readonly restartPolicy: RestartPolicy;
  /** How long it waits for its first restart (default: as long as a kubelet takes). */
  readonly firstRestartMs?: number | undefined;
  readonly launch: (place: Place) => Promise<RunningContainer>;
  readonly onChange: () => void;
  /** Told of each start and of each signal. */
  readonly mark: (step: 'started' | Signal, pid: number | undefined) => void;
}): SupervisedContainer {
  const { container, restartPolicy, firstRestartMs, launch, onChange, mark } = options;
  const stopping = new AbortController();
  const started = Promise.withResolvers<undefined>();
  let state: ContainerState = { is: 'waiting', reason: 'ContainerCreating' };
  let previous: Ended | undefined;
  let restartCount = 0;
  /** The present launch, or the last one. */
  let launched: Promise<RunningContainer> | undefined;
  let supervised = Promise.resolve();

  function become(next: ContainerState): void {
    state = next;
    if (state.is === 'running' && state.started) started.resolve(undefined);
    onChange();
  }

  async function runOnce(place: Place): Promise<Ended> {
    try {
      launched = launch(place);
      const running = await launched;
      mark('started', running.pid);
      return await runContainer({
        container,
        running,
        address: place.address,
        stopping: stopping.signal,
        onState: become,
        mark: (signal) => mark(signal, running.pid),
      });
    } catch (error) {
      if (!(error instanceof NoSuchImage))
        return endedNow({ code: 128, reason: 'StartError', message: String(error) });
      become({ is: 'waiting', reason: 'ErrImagePull', message: error.message });
      await aborted(stopping.signal);
      return endedNow(neverRan);
    }
  }

  async function supervise(place: Place): Promise<void> {
    let failures = 0;
    for (;;) {
      const end = await runOnce(place);
      if (stopping.signal.aborted || !restarts(restartPolicy, end.exit.code)) {
        become(end);
        return;
      }
      failures = end.at - end.since >= forgivenMs ? 1 : failures + 1;
      previous = end;
      become({ is: 'waiting', reason: 'CrashLoopBackOff', message: `exit code ${end.exit.code}` });
      if (!(await pause(restartDelayMs(failures, firstRestartMs), stopping.signal))) {
        become(end);
        return;
      }
      restartCount += 1;
    }
  }

  return {
    view: () => ({ name: container.name, image: container.image, state, previous, restarts: restartCount }),
    start: async (place) => {
      supervised = supervise(place);
      await Promise.race([started.promise, supervised]);
    },
    stop: async (graceOver) => {
      stopping.abort();
      const running = await launched?.catch(() => undefined);
      if (running) {
        const { preStopMs } = container;
        await endContainer({ running, preStopMs, graceOver, mark: (signal) => mark(signal, running.pid) });
      }
      await supervised;
      if (state.is !== 'ended') become(endedNow(neverRan));
    },
  };
}

/** What a kubelet reports of a container that it never got to start. */
const neverRan: Exit = { code: 137, reason: 'ContainerStatusUnknown' };

function endedNow(exit: Exit): Ended {
  const now = Date.now();
  return { is: 'ended', since: now, at: now, exit };
}
