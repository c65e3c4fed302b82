import { pause } from '../../pause.ts';
import { containerEnvironment } from '../../pod/environment.ts';
import { exit, type ContainerRuntime, type Exit, type RunningContainer } from '../runtime.ts';
import { createAppServer } from './server.ts';
import { appSettings, type AppSettings } from './settings.ts';

const sigterm = 143;
const sigkill = 137;

/**
 * Runs an app: real HTTP servers on the pod's address, one for each declared port, inside this process, so that a
 * hundred pods are cheap.
 */
export const appRuntime: ContainerRuntime = ({ pod, container, place }) => {
  const settings = appSettings(containerEnvironment(container, pod, place));
  const ports = container.ports.map(({ port }) => port);
  return Promise.resolve(runApp({ name: pod.name, address: place.address, ports, settings }));
};

function runApp(options: {
  readonly name: string;
  readonly address: string;
  readonly ports: readonly number[];
  readonly settings: AppSettings;
}): RunningContainer {
  const { name, address, ports, settings } = options;
  const servers = ports.map((port) => ({ port, server: createAppServer(name, settings) }));
  const ended = new AbortController();
  const { promise, resolve } = Promise.withResolvers<Exit>();

  function end(code: number, message?: string): void {
    if (ended.signal.aborted) return;
    ended.abort();
    for (const { server } of servers) server.destroy();
    resolve(exit(code, message));
  }

  async function serve(): Promise<void> {
    // Without START_MS it listens before the first probe can come.
    if (settings.startMs > 0 && !(await pause(settings.startMs, ended.signal))) return;
    await Promise.all(servers.map(({ port, server }) => server.listen(address, port)));
  }

  async function failInTime(afterMs: number): Promise<void> {
    if (await pause(afterMs, ended.signal)) end(1, 'FAIL_AFTER_MS is over');
  }

  async function drain(): Promise<void> {
    await Promise.all(servers.map(({ server }) => server.drain()));
    end(0);
  }

  serve().catch((error: unknown) => end(1, String(error)));
  if (settings.failAfterMs !== undefined) void failInTime(settings.failAfterMs);
  return {
    pid: undefined,
    ended: promise,
    terminate: () => {
      if (settings.graceful) void drain();
      else end(sigterm);
    },
    kill: () => end(sigkill),
  };
}
