import { namesOf } from '@targetgate/shared/names';
import { readLedger } from '../../ledger/ledger-text.ts';
import { createHarness, settle } from '../fixtures.ts';
import { createModelCluster, type ModelPod } from './cluster.ts';
import type { Command } from './command.ts';
import { createRules } from './rules.ts';
import { createModelGroup, isForeign } from './target-group.ts';
import { createWire } from './wire.ts';

const ledgerName = namesOf('elbv2.k8s.aws').ledger('web');
const addressOf = (n: number): string => `10.0.0.${n}`;

/** A syncer on the harness, in a world that commands change. */
export async function createWorld() {
  const cluster = createModelCluster();
  const rules = createRules({
    cluster,
    isForeign,
    isStanding: (target) => {
      const health = elb.targets.get(target);
      return health !== undefined && health.state !== 'draining';
    },
    ledger: () => readLedger(harness.ledgerText()),
  });
  const wire = createWire(rules);
  const harness = createHarness({ connect: wire.connect, turns: 4 });
  const { elb, api, clock } = harness;
  const group = createModelGroup(elb.targets);
  let generation = 0;
  let isDown = false;
  harness.setBinding({ uid: 'binding-1' });
  await settle();

  function change(n: number, changes: Partial<ModelPod>): void {
    const pod = cluster.pods.get(n);
    if (pod === undefined) return;
    cluster.pods.set(n, { ...pod, ...changes });
    const { labelled, containersReady, ready, terminating, finished } = { ...pod, ...changes };
    const labels = { app: labelled ? 'web' : 'other' };
    harness.changePod(n, { labels, containersReady, ready, terminating, finished }, pod.uid);
  }

  function create(n: number, ip: string, { gated, ready }: { gated: boolean; ready: boolean }): void {
    if (cluster.pods.has(n) || cluster.hasAddress(ip)) return;
    const uid = `uid-${n}-${++generation}`;
    const fresh = { labelled: true, terminating: false, finished: false };
    cluster.pods.set(n, { n, uid, ip, gated, containersReady: ready, ready: false, ...fresh });
    harness.setPod(n, { gated, ip, containersReady: ready }, uid);
  }

  function startSyncer(): void {
    if (!isDown) return;
    isDown = false;
    rules.forget();
    harness.replaceSyncer();
  }

  async function apply(command: Command): Promise<void> {
    switch (command.do) {
      case 'create':
        create(command.pod, addressOf(command.ip), command);
        break;
      case 'containers':
        change(command.pod, { containersReady: command.ready, ready: false });
        break;
      case 'ready':
        if (cluster.pods.get(command.pod)?.containersReady) change(command.pod, { ready: true });
        break;
      case 'relabel':
        change(command.pod, { labelled: command.labelled });
        break;
      case 'terminate':
        change(command.pod, { terminating: true });
        break;
      case 'finish':
        change(command.pod, { finished: true, containersReady: false, ready: false });
        break;
      case 'remove': {
        const pod = cluster.pods.get(command.pod);
        cluster.pods.delete(command.pod);
        if (pod) harness.removePod(pod.n, pod.uid);
        break;
      }
      case 'service':
        cluster.setPort(command.port);
        harness.setService(
          command.port === undefined ? undefined : { ports: [{ port: 80, targetPort: command.port }] },
        );
        break;
      case 'find':
        group.find(command.state, command.ip === undefined ? undefined : addressOf(command.ip));
        break;
      case 'drained':
        group.endDraining();
        break;
      case 'deregister-by-hand':
        group.find('draining', addressOf(command.ip));
        break;
      case 'register-by-hand':
        group.addForeign(command.n);
        break;
      case 'weather': {
        const { operation, weather, forMs } = command;
        wire.weather.set(operation, weather);
        clock.at(clock.now() + forMs, () => {
          if (wire.weather.get(operation) === weather) wire.weather.delete(operation);
        });
        break;
      }
      case 'crash':
        wire.cut(command.landed);
        isDown = true;
        await settle();
        clock.at(clock.now() + command.downMs, startSyncer);
        break;
      case 'write-ledger': {
        const file = api.configMaps.get(ledgerName);
        if (file) file.version++;
        break;
      }
      case 'wait':
        await clock.advance(command.ms);
        break;
    }
  }

  return {
    cluster,
    rules,
    /** Whether the gate of pod `web-<n>` is True. */
    isOpen: harness.isOpen,
    /** The ledger as the API server has it. */
    ledger: () => readLedger(harness.ledgerText()),
    registered: group.registered,
    /** Carries a command out, and lets a millisecond pass. */
    step: async (command: Command): Promise<void> => {
      await apply(command);
      await clock.advance(1);
    },
    /** Ends all trouble with AWS and the API server. */
    calm: (): void => {
      wire.weather.clear();
      startSyncer();
    },
    /** Lets time pass in which every target is found healthy within a second. */
    pass: async (seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second++) {
        await clock.advance(1_000);
        group.find('healthy');
      }
    },
    clock,
    elb,
    api,
    /** Leaves the syncer to itself: it gets no answer any more. */
    stop: () => {
      wire.cut(false);
      void harness.stop();
    },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
