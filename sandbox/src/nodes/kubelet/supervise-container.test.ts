import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { projectContainer } from '../pod/container.ts';
import { NoSuchImage, type RunningContainer } from '../runtimes/runtime.ts';
import { fakeContainer } from './fake-container.ts';
import { superviseContainer } from './supervise-container.ts';

const place = { address: '127.64.0.1', hostAddress: '127.32.0.1' };
const longGrace = new AbortController().signal;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});
afterEach(() => {
  jest.useRealTimers();
});

/** A supervised container without probes, whose launches are `launch`, and the steps that it takes. */
function supervised(launch: () => Promise<RunningContainer>, restartPolicy: 'Always' | 'Never' = 'Always') {
  const steps: string[] = [];
  const container = superviseContainer({
    container: projectContainer({ name: 'web', image: 'web' }),
    restartPolicy,
    launch,
    onChange: () => undefined,
    mark: (step, pid) => steps.push(`${step} ${pid ?? ''} ${Date.now()}`),
  });
  return { container, steps };
}

describe('a supervised container', () => {
  it('is ready as soon as it runs, where it has no probes', async () => {
    const { container } = supervised(() => Promise.resolve(fakeContainer().running));
    expect(container.view().state).toEqual({ is: 'waiting', reason: 'ContainerCreating' });
    await container.start(place);
    expect(container.view().state).toEqual({ is: 'running', since: 0, started: true, ready: true });
  });

  it('is started again with back-off when it ends, and counts its restarts', async () => {
    const runs: ReturnType<typeof fakeContainer>[] = [];
    const { container, steps } = supervised(() => {
      const run = fakeContainer({ pid: runs.length + 1 });
      runs.push(run);
      return Promise.resolve(run.running);
    });
    await container.start(place);
    runs[0]?.end(1);
    await jest.advanceTimersByTimeAsync(0);
    expect(container.view()).toMatchObject({
      state: { is: 'waiting', reason: 'CrashLoopBackOff' },
      previous: { exit: { code: 1, reason: 'Error' } },
      restarts: 0,
    });
    await jest.advanceTimersByTimeAsync(1000);
    expect(container.view()).toMatchObject({ state: { is: 'running', ready: true }, restarts: 1 });
    runs[1]?.end(1);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(steps).toEqual(['started 1 0', 'started 2 500', 'started 3 11000']);
  });

  it('stays ended where its pod restarts nothing', async () => {
    const { running, end } = fakeContainer();
    const { container, steps } = supervised(() => Promise.resolve(running), 'Never');
    await container.start(place);
    end(0);
    await jest.advanceTimersByTimeAsync(600_000);
    expect(container.view().state).toMatchObject({ is: 'ended', exit: { code: 0, reason: 'Completed' } });
    expect(steps).toHaveLength(1);
  });

  it('is not started again when it ends because it is stopped', async () => {
    const { container, steps } = supervised(() =>
      Promise.resolve(fakeContainer({ pid: 7, endsInMs: 0 }).running),
    );
    await container.start(place);
    await Promise.all([container.stop(longGrace), jest.advanceTimersByTimeAsync(0)]);
    expect(container.view().state).toMatchObject({ is: 'ended', exit: { code: 0 } });
    await jest.advanceTimersByTimeAsync(600_000);
    expect(steps).toEqual(['started 7 0', 'sigterm 7 0']);
  });

  it('is stopped even when its launch is under way', async () => {
    const launching = Promise.withResolvers<RunningContainer>();
    const { container, steps } = supervised(() => launching.promise);
    const started = container.start(place);
    const stopped = container.stop(longGrace);
    launching.resolve(fakeContainer({ pid: 7, endsInMs: 0 }).running);
    await Promise.all([started, stopped, jest.advanceTimersByTimeAsync(0)]);
    expect(steps).toEqual(['started 7 0', 'sigterm 7 0']);
    expect(container.view().state.is).toBe('ended');
  });

  it('keeps the end that it had when it is stopped while it waits for its restart', async () => {
    const { running, end } = fakeContainer();
    const { container, steps } = supervised(() => Promise.resolve(running));
    await container.start(place);
    end(3);
    await jest.advanceTimersByTimeAsync(0);
    await Promise.all([container.stop(longGrace), jest.advanceTimersByTimeAsync(0)]);
    expect(container.view().state).toMatchObject({ is: 'ended', exit: { code: 3 } });
    expect(steps).toHaveLength(1);
  });

  it('waits, without being tried again, for an image that there is no program for', async () => {
    const launch = jest.fn(() => Promise.reject(new NoSuchImage('no program')));
    const { container } = supervised(launch);
    void container.start(place);
    await jest.advanceTimersByTimeAsync(600_000);
    expect(container.view().state).toEqual({ is: 'waiting', reason: 'ErrImagePull', message: 'no program' });
    expect(launch).toHaveBeenCalledTimes(1);
    await container.stop(longGrace);
    expect(container.view().state).toMatchObject({ exit: { reason: 'ContainerStatusUnknown' } });
  });

  it('is tried again when its launch fails', async () => {
    const launch = jest.fn<() => Promise<RunningContainer>>();
    launch.mockRejectedValueOnce(new Error('no token')).mockResolvedValueOnce(fakeContainer().running);
    const { container } = supervised(launch);
    void container.start(place);
    await jest.advanceTimersByTimeAsync(1000);
    expect(container.view()).toMatchObject({
      state: { is: 'running' },
      previous: { exit: { code: 128, reason: 'StartError', message: 'Error: no token' } },
    });
  });
});
