import { setTimeout as sleep } from 'node:timers/promises';
import { latenciesOf, type Latencies, type PodTimeline } from '@targetgate/sandbox/measure';
import type { World } from '@targetgate/sandbox/world';
import { callsWithin, type ElbCall } from '../elb-calls.ts';
import { appName } from './app.ts';
import { untilServing, type Deployed } from './deploy.ts';

/** What came of a rolling update. Times in milliseconds. */
export interface Outcome {
  readonly requests: number;
  readonly failed: number;
  /** From the change of the Deployment until the last old pod was gone. */
  readonly oldGoneMs: number;
  /** From the change until `kubectl rollout status` was content. */
  readonly statusMs: number;
  readonly latencies: Latencies;
  /** From the change to the end of the drains. */
  readonly calls: readonly ElbCall[];
}

const requestsPerSecond = 200;
const connections = 20;
/** Traffic before the update and after its end. */
const leadMs = 2_000;
const tailMs = 1_000;

/** Changes the Deployment under traffic, as `kubectl rollout restart` does; `meanwhile` is what befalls it. */
export async function rollOut(
  world: World,
  { group, timelines }: Deployed,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<Outcome> {
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: world.broken });
  const traffic = await world.startTraffic({
    name: appName,
    url: group.url,
    rate: requestsPerSecond,
    connections,
  });
  await pause(leadMs);
  const startedAt = Date.now();
  await restart(world, startedAt);
  const befallen = meanwhile();
  befallen.catch(() => undefined);
  await world.kubectl([
    'rollout',
    'status',
    `deployment/${appName}`,
    `--namespace=${appName}`,
    '--timeout=180s',
  ]);
  const statusMs = Date.now() - startedAt;
  await befallen;

  const old = (): PodTimeline[] => timelines.pods().filter(({ at }) => (at.created ?? Infinity) < startedAt);
  await untilServing(world, timelines, () => {
    const left = old().filter(({ at }) => at.gone === undefined || at.drained === undefined);
    return left.length === 0 ? undefined : `${left.length} old pods are left, or their targets drain`;
  });
  await pause(tailMs);
  const { requests, failed } = await traffic.stop();
  return {
    requests,
    failed,
    oldGoneMs: Math.max(...old().map(({ at }) => at.gone ?? 0)) - startedAt,
    statusMs,
    latencies: latenciesOf(timelines.pods(), startedAt),
    calls: callsWithin(world.journal, { from: startedAt, to: Date.now() }),
  };
}

/** What kubectl's own `rollout restart` patches; made here so that its start-up counts for nothing. */
async function restart({ kube }: World, at: number): Promise<void> {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date(at).toISOString() };
  await kube.request({
    method: 'PATCH',
    path: `/apis/apps/v1/namespaces/${appName}/deployments/${appName}`,
    patch: 'strategic',
    body: { spec: { template: { metadata: { annotations } } } },
  });
}
