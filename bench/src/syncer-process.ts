import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '@targetgate/sandbox/world';

/** A syncer that the bench has started by itself, alone. */
export interface SyncerProcess {
  readonly pid: number;
  /** When its process began, in epoch milliseconds. */
  readonly startedAt: number;
  /** The status of one of its pages; undefined where it does not listen. */
  statusOf(page: string): Promise<number | undefined>;
  /** The sum of the samples of a metric, whatever their labels. Reading begins a new span of `..._max` metrics. */
  metric(name: string): Promise<number>;
}

const deployment = '/apis/apps/v1/namespaces/targetgate-system/deployments/targetgate-syncer';

async function scale({ kube }: World, replicas: number): Promise<void> {
  const body = { spec: { replicas } };
  await kube.request({ method: 'PATCH', path: `${deployment}/scale`, patch: 'merge', body });
}

/** Stops all syncers, in order, and waits until their processes are gone. */
export async function stopSyncers(world: World): Promise<void> {
  await scale(world, 0);
  // A program may take 30 s to stop.
  await world.until(
    'no syncer runs',
    () => {
      const { length } = world.programs('syncer');
      return Promise.resolve(length === 0 ? { done: undefined } : { still: `${length} run` });
    },
    { timeoutMs: 60_000 },
  );
}

/** Starts one syncer where there is none, and waits until its process runs. */
export async function startSyncer(world: World): Promise<SyncerProcess> {
  const from = world.journal.length;
  await scale(world, 1);
  const { at, ip, pid } = await world.until(
    'a syncer runs',
    () => {
      const start = world.journal
        .slice(from)
        .find((event) => event.kind === 'pod' && event.phase === 'started' && event.container === 'syncer');
      return Promise.resolve(start?.kind === 'pod' ? { done: start } : { still: 'none does' });
    },
    { everyMs: 10 },
  );
  if (ip === undefined || pid === undefined) throw new Error('the syncer has no address, or is no process');
  const get = (page: string): Promise<Response> => fetch(`http://${ip}:8080${page}`);
  return {
    pid,
    startedAt: at,
    statusOf: (page) =>
      get(page).then(
        ({ status }) => status,
        () => undefined,
      ),
    metric: async (name) => {
      const text = await (await get('/metrics')).text();
      const samples = text
        .split('\n')
        .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
      if (samples.length === 0) throw new Error(`the syncer has no metric ${name}`);
      return samples.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
    },
  };
}

const everyMs = 10;

/** Waits until a page of the syncer answers 200; gives how long after its start that was, in milliseconds. */
export async function untilAnswers(
  { broken: signal }: World,
  syncer: SyncerProcess,
  page: string,
): Promise<number> {
  while ((await syncer.statusOf(page)) !== 200) await sleep(everyMs, undefined, { signal });
  return Date.now() - syncer.startedAt;
}
