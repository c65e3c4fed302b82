import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '@targetgate/sandbox/world';
import { inWorld } from '../in-world.ts';
import type { Figure, Scenario, Surroundings } from '../scenario.ts';
import { startSyncer, stopSyncers } from '../syncer-process.ts';
import { appName } from './app.ts';
import { deploy, type Deployed } from './deploy.ts';
import { requestFigures, timeFigures } from './figures.ts';
import { firstCallAfter, killMeanwhile } from './kill.ts';
import { rollOut, type Outcome } from './roll-out.ts';

/** A rollout in which the syncer that works is killed. */
interface KilledRollout extends Outcome {
  readonly firstCallMs: number;
  /** The longest from a target being healthy to its gate's True. */
  readonly slowestGateMs: number;
}

async function rollOutKilled(
  world: World,
  app: Deployed,
  afterwards: () => Promise<void> = () => Promise.resolve(),
): Promise<KilledRollout> {
  let killedAt = Infinity;
  const outcome = await rollOut(world, app, async () => {
    killedAt = await killMeanwhile(world);
    await afterwards();
  });
  return {
    ...outcome,
    firstCallMs: firstCallAfter(killedAt, outcome.calls),
    slowestGateMs: outcome.latencies.gate?.max ?? Infinity,
  };
}

/** As the kubelet starts a container again that has ended. */
const restartMs = 5_000;

/** A syncer without a standby is killed in the middle of a rollout, and started again after 5 s. */
export const controllerKilled: Scenario = {
  name: 'controller-killed',
  about: 'the rollout with the only syncer killed and started again after 5 s, twice',
  run: ({ onProgress, signal }) =>
    inWorld({ onProgress, signal }, { firstRestartMs: restartMs }, async (world, follow) => {
      const app = await deployForOne(world, follow, onProgress);
      onProgress('rolling update; the syncer is killed');
      const killed = await rollOutKilled(world, app);
      // A container that has ended before waits longer: the second kill has a pod of its own.
      await stopSyncers(world);
      await startSyncer(world);
      onProgress('again, and two pods are deleted while it is down');
      const deleted = await rollOutKilled(world, app, () => deleteTwo(world, app));
      return [
        ...killFigures(killed, { firstCall: [7, 25.9], slowestGate: [9, 31.6] }),
        ...timeFigures(killed, { goal: { atMost: 45 }, peer: 94 }),
        ...requestFigures(deleted, { goal: { atMost: 0 }, peer: 98 }).map(whileDown),
      ];
    }),
};

const whileDown = (figure: Figure): Figure => ({
  ...figure,
  of: `2 pods deleted while it is down: ${figure.of}`,
});

/** The leader is killed in the middle of a rollout and not started again: the standby takes over. */
export const standbyTakeover: Scenario = {
  name: 'standby-takeover',
  about: 'the rollout with the leader of two syncers killed, and not started again',
  run: ({ onProgress, signal }) =>
    inWorld({ onProgress, signal }, { firstRestartMs: 3_600_000 }, async (world, follow) => {
      if (world.programs('syncer').length < 2) throw new Error('there is no standby: one syncer runs');
      onProgress('10 pods');
      const app = await deploy(world, follow, { preStopSeconds: 15 });
      onProgress('rolling update; the leader is killed');
      const killed = await rollOutKilled(world, app);
      return [
        ...killFigures(killed, { firstCall: [9], slowestGate: [] }),
        ...timeFigures(killed, {}),
        ...requestFigures(killed, { goal: { atMost: 0 } }),
      ];
    }),
};

/** A goal and the peer's time, in seconds; what is missing is not compared. */
type Comparison = readonly [atMost?: number, peer?: number];

const killFigures = (
  { firstCallMs, slowestGateMs }: KilledRollout,
  by: { readonly firstCall: Comparison; readonly slowestGate: Comparison },
): Figure[] => [
  secondsFigure('SIGKILL -> first AWS call', firstCallMs, by.firstCall),
  secondsFigure('target healthy -> gate True, max', slowestGateMs, by.slowestGate),
];

const secondsFigure = (of: string, ms: number, [atMost, peer]: Comparison): Figure => ({
  of,
  value: ms / 1000,
  unit: 's',
  ...(atMost !== undefined && { goal: { atMost } }),
  ...(peer !== undefined && { peer }),
});

async function deployForOne(
  world: World,
  follow: Parameters<typeof deploy>[1],
  onProgress: Surroundings['onProgress'],
): Promise<Deployed> {
  await stopSyncers(world);
  await startSyncer(world);
  onProgress('one syncer, 10 pods');
  return deploy(world, follow, { preStopSeconds: 15 });
}

/** A second after the kill, two of the pods that serve are deleted. */
async function deleteTwo(world: World, { timelines }: Deployed): Promise<void> {
  await sleep(1_000, undefined, { signal: world.broken });
  const serving = timelines.pods().filter(({ at }) => at.gateOpen !== undefined && at.deleted === undefined);
  for (const { name } of serving.slice(0, 2))
    await world.kube.request({ method: 'DELETE', path: `/api/v1/namespaces/${appName}/pods/${name}` });
}
