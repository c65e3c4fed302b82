import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startProcess, type RunningProcess } from '@targetgate/sandbox/processes';
import type { World } from '@targetgate/sandbox/world';
import { leaseOf } from './programs.ts';

const home = 'targetgate-system';

/** A replica of the syncer that a test starts by itself: its name is that of its pod, and its access key's. */
export interface Replica extends RunningProcess {
  readonly name: string;
  /** What the API server knows it by: a token of its own, of the syncer's ServiceAccount. */
  readonly token: string;
}

/** Starts a replica from the bundle, in a pod of this name. */
export async function startReplica(
  world: World,
  name: string,
  args: readonly string[] = [],
): Promise<Replica> {
  const token = await world.kubectl(['create', 'token', 'targetgate-syncer', `--namespace=${home}`]);
  const running = startProcess({
    command: 'node',
    args: [
      join(import.meta.dirname, '../syncer/dist/main.js'),
      '--host=127.0.0.1',
      '--metrics-port=0',
      ...args,
    ],
    env: {
      PATH: process.env.PATH,
      KUBECONFIG: await world.controlPlane.kubeconfigFor({ name, token }),
      POD_NAMESPACE: home,
      POD_NAME: name,
      AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: world.elbEndpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: name,
      AWS_SECRET_ACCESS_KEY: 'secret',
    },
    logFile: logOf(world, name),
  });
  return { ...running, name, token };
}

const logOf = ({ directory }: World, name: string): string => join(directory, `${name}.log`);

/** Waits until a replica follows the cluster, and so stands by at least. */
export const untilWarm = (world: World, name: string): Promise<void> =>
  world.until(`${name} follows the cluster`, async () => {
    const log = await readFile(logOf(world, name), 'utf8');
    return log.includes('caches are warm') ? { done: undefined } : { still: 'it lists it' };
  });

/** Who holds the Lease of a shard, by the name of its pod; empty where nobody does. */
export const leaderOf = async (world: World, shard = 0): Promise<string> =>
  (await leaseOf(world, shard)).spec.holderIdentity?.split('_')[0] ?? '';

/** Waits until somebody for whom it is so holds the Lease of a shard, and gives its name. */
export const untilLed = (
  world: World,
  isSo: (leader: string) => boolean = (leader) => leader !== '',
  shard = 0,
): Promise<string> =>
  world.until(`shard ${shard} has another leader`, async () => {
    const leader = await leaderOf(world, shard);
    return isSo(leader) ? { done: leader } : { still: `"${leader}"` };
  });
