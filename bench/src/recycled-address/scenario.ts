import type { MadeTargetGroup, Manifest, World } from '@targetgate/sandbox/world';
import { create } from '../crowd/create.ts';
import { followGates } from '../crowd/follow-gates.ts';
import { appObjects, appPort, namespaceObject } from '../crowd/objects.ts';
import { untilKnown } from '../crowd/until-known.ts';
import { inWorld } from '../in-world.ts';
import type { Scenario } from '../scenario.ts';
import { openedTooEarly } from './trial.ts';

const app = { name: 'heirs', namespace: 'heirs' };
const trials = 8;
const slowMs = 2_000;

/**
 * The trap of LBC#4343: ELB says healthy of an address, and means the pod that had it before. Pods are real servers,
 * without a preStop hook, so that an address is free as soon as its pod is deleted; the next pod gets it.
 */
export const recycledAddress: Scenario = {
  name: 'recycled-address',
  about: `a pod gets the address of one just deleted while ELB calls take 2 s, ${trials} times`,
  run: ({ onProgress, signal }) =>
    inWorld({ onProgress, signal }, { reuseAddresses: 'first' }, async (world, follow) => {
      const gates = followGates();
      follow((event) => gates.see(event));
      const group = await world.makeTargetGroup({ name: app.name });
      await prepare(world, group);
      await world.setFaults({ latency: [{ ms: slowMs }] });

      let pod = await makePod(world, 0);
      await untilOpen(world, gates.openedAt, pod.uid);
      let tooEarly = 0;
      for (let trial = 1; trial <= trials; trial++) {
        const former = addressOf(world, pod.uid);
        await removePod(world, pod);
        const createdAt = Date.now();
        pod = await makePod(world, trial);
        await untilOpen(world, gates.openedAt, pod.uid);
        const address = addressOf(world, pod.uid);
        if (address !== former) throw new Error(`the pod got ${address}, not ${former} again`);
        if (openedTooEarly(world.journal, { uid: pod.uid, address, createdAt })) tooEarly++;
        onProgress(`${trial} of ${trials}`);
      }
      return [
        {
          of: "gates opened before the new pod's own target was healthy",
          value: tooEarly,
          unit: '',
          goal: { atMost: 0 },
          peer: 8,
        },
        { of: 'trials', value: trials, unit: '' },
      ];
    }),
};

interface MadePod {
  readonly name: string;
  readonly uid: string;
}

async function prepare(world: World, group: MadeTargetGroup): Promise<void> {
  await world.apply([namespaceObject(app.namespace), ...appObjects(app, group.arn)]);
  await untilKnown(world, [app]);
}

async function makePod({ kube }: World, number: number): Promise<MadePod> {
  const { metadata } = await create<{ metadata: MadePod }>(kube, podObject(`heir-${number}`));
  return metadata;
}

const podObject = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: app.namespace, labels: { app: app.name } },
  spec: {
    containers: [{ name: 'app', image: 'sandbox/app', ports: [{ name: 'http', containerPort: appPort }] }],
  },
});

/** Deletes a pod, and waits until its address is free: its containers have ended. */
async function removePod(world: World, { name, uid }: MadePod): Promise<void> {
  await world.kube.request({ method: 'DELETE', path: `/api/v1/namespaces/${app.namespace}/pods/${name}` });
  await world.until(
    `${name} has ended`,
    () => {
      const ended = world.journal.some(
        (event) => event.kind === 'pod' && event.uid === uid && event.phase === 'ended',
      );
      return Promise.resolve(ended ? { done: undefined } : { still: 'it runs' });
    },
    { everyMs: 5 },
  );
}

const untilOpen = (world: World, openedAt: ReadonlyMap<string, number>, uid: string): Promise<void> =>
  world.until(
    'the gate is open',
    () => Promise.resolve(openedAt.has(uid) ? { done: undefined } : { still: 'it is not' }),
    { timeoutMs: 60_000, everyMs: 20 },
  );

/** The address that a pod was started with. */
function addressOf({ journal }: World, uid: string): string {
  const start = journal.find(
    (event) => event.kind === 'pod' && event.uid === uid && event.phase === 'started',
  );
  if (start?.kind !== 'pod' || start.ip === undefined) throw new Error('the pod was never started');
  return start.ip;
}
