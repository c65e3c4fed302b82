import { meterPrograms } from '@targetgate/sandbox/measure';
import type { World } from '@targetgate/sandbox/world';
import { busiest } from '../busiest.ts';
import { inWorld } from '../in-world.ts';
import type { Figure, Scenario } from '../scenario.ts';
import { openConnection, type Target } from './generator/connection.ts';
import { runGenerator } from './generator/process.ts';
import { app, cases, type Case } from './cases.ts';
import { figuresOf, type Measured } from './figures.ts';
import { machineCpuSeconds } from './machine-cpu.ts';
import { podOf } from './pod.ts';
import { requestOf } from './review.ts';
import { bindApp, findWebhook, type Webhook } from './webhook.ts';

const path = '/mutate-v1-pod';
const [connections, warmupSeconds, seconds] = [10, 4, 8];

/**
 * Admission under full load: reviews are posted to one replica's TLS port as the API server posts them (HTTP/1.1 and
 * keep-alive: it asks no webhook in a cluster for HTTP/2, k8s.io/apiserver pkg/util/webhook/client.go), each
 * connection as fast as it is answered. Real: the webhook, and the cluster that it watches. Not real: who sends.
 */
export const admission: Scenario = {
  name: 'admission',
  about: `reviews of a 3 KB pod over ${connections} connections`,
  run: ({ onProgress, signal }) =>
    inWorld({ onProgress, signal }, {}, async (world) => {
      await bindApp(world, app);
      const webhook = await findWebhook(world);
      const figures: Figure[] = [];
      for (const one of cases) {
        onProgress(`${one.name}: ${warmupSeconds} s of warm-up, then ${seconds} s`);
        const target = targetOf(webhook, one);
        await untilAnswered(world, target, one);
        figures.push(...figuresOf(one, await measure(world, webhook, target)));
      }
      return figures;
    }),
};

const targetOf = ({ host, port, servername, ca }: Webhook, { label }: Case): Target => ({
  host,
  port,
  servername,
  ca,
  request: requestOf(podOf(label), { host: `${servername}:${port}`, path }),
});

/** Waits until the webhook answers as it should: it learns of a binding by its watch. */
function untilAnswered(world: World, target: Target, { name, isPatched }: Case): Promise<void> {
  return world.until(`${name} is ${isPatched ? '' : 'not '}patched`, async () => {
    const connection = await openConnection(target);
    try {
      const answer = await connection.ask();
      const isSo = answer.includes('"allowed":true') && answer.includes('"patch"') === isPatched;
      return isSo ? { done: undefined } : { still: answer };
    } finally {
      connection.close();
    }
  });
}

async function measure(world: World, { program }: Webhook, target: Target): Promise<Measured> {
  const { directory, broken: signal } = world;
  const begin = async () => ({ used: machineCpuSeconds(), meter: await meterPrograms([program], signal) });
  const { promise: begun, resolve } = Promise.withResolvers<Awaited<ReturnType<typeof begin>>>();
  const onWarm = (): void => resolve(begin());
  const load = await runGenerator({ target, connections, warmupSeconds, seconds, directory, onWarm, signal });
  const { used, meter } = await begun;
  return { load, machineCpuSeconds: machineCpuSeconds() - used, cost: busiest(await meter.stop()) };
}
