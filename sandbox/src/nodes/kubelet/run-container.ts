import type { Container } from '../pod/container.ts';
import type { RunningContainer } from '../runtimes/runtime.ts';
import type { Ended, Running } from './container-state.ts';
import { endContainer } from './end-container.ts';
import { createGrace } from './grace.ts';
import { keepProbing } from './probing.ts';

/** A signal that is about to be sent to a container. */
export type Signal = 'sigterm' | 'sigkill';

/** What a container that fails its liveness or startup probe gets to end by itself (the API's default grace). */
const unwellGraceMs = 30_000;

/**
 * Follows a container that has just been launched to its end, with its probes.
 *
 * `stopping` is aborted when its pod is deleted: somebody else ends the container then.
 */
export async function runContainer(options: {
  readonly container: Container;
  readonly running: RunningContainer;
  readonly address: string;
  readonly stopping: AbortSignal;
  readonly onState: (state: Running) => void;
  readonly mark: (signal: Signal) => void;
}): Promise<Ended> {
  const { container, running, address, stopping, onState, mark } = options;
  const ended = new AbortController();
  let state: Running = { is: 'running', since: Date.now(), started: false, ready: false };

  function become(change: Partial<Running>): void {
    state = { ...state, ...change };
    onState(state);
  }

  async function endUnwell(): Promise<void> {
    const grace = createGrace();
    grace.endWithin(unwellGraceMs);
    await endContainer({ running, preStopMs: container.preStopMs, graceOver: grace.over, mark });
    grace.forget();
  }

  if (container.startup) become({});
  const probing = keepProbing(
    container,
    address,
    { ended: ended.signal, stopping },
    {
      started: () => become({ started: true, ready: container.readiness === undefined }),
      ready: (ready) => become({ ready }),
      unwell: () => void endUnwell(),
    },
  );
  const exit = await running.ended;
  ended.abort();
  await probing;
  return { is: 'ended', since: state.since, at: Date.now(), exit };
}
