import { setTimeout as sleep } from 'node:timers/promises';
import { useOf } from '@targetgate/sandbox/measure';
import type { World } from '@targetgate/sandbox/world';
import type { CrowdPod } from '../crowd/start-crowd.ts';
import type { SyncerProcess } from '../syncer-process.ts';

/** What rounds cost, on average. */
export interface RoundCost {
  /** As the syncer measures it. */
  readonly msPerRound: number;
  /** CPU of the whole process for each change (watch, projection, round and all), less what it uses at rest. */
  readonly cpuMsPerChange: number;
}

const changes = 300;
/** So long after each, in milliseconds: after a round the binding rests, and changes would share the next one. */
const paceMs = 30;
/** How long the syncer is watched before. */
const restMs = 5_000;

interface Reading {
  readonly at: number;
  readonly cpuSeconds: number;
  readonly roundSeconds: number;
  readonly rounds: number;
}

async function read(syncer: SyncerProcess): Promise<Reading> {
  return {
    at: Date.now(),
    cpuSeconds: (await useOf(syncer.pid))?.cpuSeconds ?? 0,
    roundSeconds: await syncer.metric('targetgate_syncer_round_seconds_sum'),
    rounds: await syncer.metric('targetgate_syncer_round_seconds_count'),
  };
}

/** Changes a label of one pod after the other, so that each change brings a round of their binding. */
export async function measureRounds(
  { kube, broken: signal }: World,
  syncer: SyncerProcess,
  pods: readonly CrowdPod[],
): Promise<RoundCost> {
  const atRest = await read(syncer);
  await sleep(restMs, undefined, { signal });
  const before = await read(syncer);
  for (let turn = 0; turn < changes; turn++) {
    signal.throwIfAborted();
    const { namespace, name } = pods[turn % pods.length] ?? { namespace: '', name: '' };
    const body = { metadata: { labels: { turn: `${Date.now()}` } } };
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
    await kube.request({ method: 'PATCH', path, patch: 'merge', body });
    await sleep(paceMs, undefined, { signal });
  }
  const after = await read(syncer);
  const rounds = after.rounds - before.rounds;
  if (rounds < changes / 2) throw new Error(`${changes} changes have brought ${rounds} rounds only`);
  const restShare = (before.cpuSeconds - atRest.cpuSeconds) / (before.at - atRest.at);
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds - restShare * (after.at - before.at);
  return {
    msPerRound: ((after.roundSeconds - before.roundSeconds) / rounds) * 1000,
    cpuMsPerChange: (cpuSeconds / changes) * 1000,
  };
}
