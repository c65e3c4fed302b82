import { readLedger } from '../../ledger/ledger-text.ts';
import { createFakeClock } from '../fixtures/clock.ts';
import { names } from './api-objects.ts';
import { createApiServer, type ModelEvent } from './api-server.ts';
import { createModelCluster } from './cluster.ts';
import type { Command } from './command.ts';
import { startLife, type Life } from './life.ts';
import type { Operation, Weather } from './line.ts';
import type { Kind } from './objects.ts';
import { addressOf, createPeople } from './people.ts';
import { createRules } from './rules.ts';
import { failOpenAfterMs, type Setting } from './setting.ts';
import { createModelGroup } from './target-group.ts';

/** How much of the event loop the syncer is given whenever something has happened: each call takes time anyway. */
const turns = 4;

/** A syncer, its cluster and its target group, all of which commands change. */
export async function createWorld(setting: Setting) {
  const clock = createFakeClock(turns);
  const cluster = createModelCluster(setting.targets);
  const group = createModelGroup(setting.targets);
  const weather = new Map<Operation, Weather>();
  const lag = new Map<Kind, number>();
  const api = createApiServer(cluster, { clock, onEvent: noteAbandoned });
  const ledgerOf = (binding: string) => readLedger(api.configMaps.text(names.ledger(binding)) ?? '');
  const rules = createRules({
    cluster,
    told: () => life.told,
    group,
    ledgerOf,
    now: () => clock.now(),
    latches: setting.gatePolicy === 'latch',
    opensNotInUse: setting.notInUse === 'open',
    removesForeign: setting.foreignTargets === 'remove',
    failOpenAfterMs,
  });
  const people = createPeople(api, cluster, clock, setting);
  people.setService('web', { selects: 'blue', port: 8080 });
  people.setService('edge', { selects: 'green', port: 8080 });
  people.bind('web', 'web');
  if (setting.edge) people.bind('edge', setting.edge);

  function noteAbandoned({ reason, message }: ModelEvent): void {
    if (reason !== 'TargetsAbandoned') return;
    for (const [key] of message.matchAll(/\S+:\d+(?=,|$)/g)) rules.abandoned.add(key);
  }

  const begin = (): Life => startLife({ api, cluster, group, rules, clock, weather, lag });
  let life = begin();
  let isDown = false;
  let ledgersRestUntil = 0;

  function beginAnew(): void {
    if (!isDown) return;
    isDown = false;
    rules.forget();
    life = begin();
  }

  const idOf = (n: number): string => (setting.targets === 'ip' ? addressOf(n) : `i-${n}`);

  async function apply(command: Command): Promise<void> {
    switch (command.do) {
      case 'create':
        return people.create(command);
      case 'containers':
        return people.containers(command.pod, command.ready);
      case 'ready':
        return people.makeReady(command.pod);
      case 'relabel':
        return people.relabel(command.pod, command.app);
      case 'move':
        return people.move(command.pod, command.ip);
      case 'terminate':
        return people.terminate(command.pod);
      case 'finish':
        return people.finish(command.pod);
      case 'remove':
        return people.removePod(command.pod);
      case 'node':
        return people.changeNode(command.node, command.change);
      case 'service':
        return people.setService(command.service, command.to);
      case 'bind':
        return people.bind(command.binding, command.service);
      case 'unbind':
        return people.unbind(command.binding);
      case 'force-unbind':
        return people.forceUnbind(command.binding);
      case 'allow-removals':
        return people.allowRemovals(command.binding, clock.now() + command.forMs);
      case 'find':
        return group.find(command.state, command.target === undefined ? undefined : idOf(command.target));
      case 'drained':
        return group.endDraining();
      case 'checks':
        return group.setChecks(command.checks);
      case 'quota':
        return group.setQuota(command.targets);
      case 'deregister-by-hand':
        return group.find('draining', idOf(command.target));
      case 'register-by-hand':
        return group.add(`10.0.9.${command.n}:8080`);
      case 'weather': {
        const { operation, weather: coming, forMs } = command;
        // A deletion lasts two minutes at most, and then forgets what no ledger told it.
        if (operation === 'ledger' && clock.now() < ledgersRestUntil) return;
        if (operation === 'ledger') ledgersRestUntil = clock.now() + forMs + restMs;
        weather.set(operation, coming);
        clock.at(clock.now() + forMs, () => {
          if (weather.get(operation) === coming) weather.delete(operation);
        });
        return;
      }
      case 'lag':
        lag.set(command.kind, command.ms);
        return;
      case 'relist': {
        const { kind, lacks } = command;
        life.list(kind, (name) => lacks === 'all' || lacks.some((n) => name.endsWith(`-${n}`)));
        return;
      }
      case 'crash':
        life.die(command.landsAfterMs);
        isDown = true;
        clock.at(clock.now() + command.downMs, beginAnew);
        return;
      case 'restart':
        if (isDown) return;
        isDown = true;
        void life.end().then(beginAnew);
        return;
      case 'write-ledger':
        return api.configMaps.touch(names.ledger(command.binding));
      case 'delete-ledger':
        return api.configMaps.remove(names.ledger(command.binding));
      case 'wait':
        return clock.advance(command.ms);
    }
  }

  /** Carries a command out, and lets a millisecond pass. */
  async function step(command: Command): Promise<void> {
    await apply(command);
    await clock.advance(1);
  }

  await life.started;
  await clock.advance(1);
  return {
    clock,
    cluster,
    group,
    api,
    rules,
    ledgerOf,
    step,
    /** The API server is well from now on, and a syncer runs whose caches are whole and in time. */
    mendCluster: async (): Promise<void> => {
      for (const operation of clusterOperations) weather.delete(operation);
      lag.clear();
      for (let second = 0; isDown && second < longestStop; second++) await clock.advance(1_000);
      if (isDown) throw new Error('the syncer does not stop');
      life.listAll();
    },
    /** AWS is well from now on. */
    mendAws: (): void => {
      weather.clear();
      group.setQuota(Infinity);
      group.setChecks('on');
    },
    /** Lets time pass in which every target is found healthy within a second. */
    passHealthy: async (seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second++) {
        await clock.advance(1_000);
        group.find('healthy');
      }
    },
    /** Leaves the syncer to itself: it gets no answer any more. */
    stop: (): void => life.die(undefined),
  };
}

/** How long ledgers can be read after they could not (ms). */
const restMs = 30_000;

/** How long a syncer may be down, or take to finish what is under way (s). */
const longestStop = 120;

const clusterOperations: readonly Operation[] = ['ledger', 'gate', 'binding', 'read'];

export type World = Awaited<ReturnType<typeof createWorld>>;
