import { readLedger } from '../../ledger/ledger-text.ts';
import { createFakeClock } from '../fixtures/clock.ts';
import { names } from './api-objects.ts';
import { createApiServer, type ModelEvent } from './api-server.ts';
import { createModelCluster } from './cluster.ts';
import type { Command, Deed, Doers } from './command.ts';
import { createConsole } from './console.ts';
import type { Operation, Weather } from './line.ts';
import { createLives } from './lives.ts';
import { nodePort, type Kind } from './objects.ts';
import { addressOf, createPeople } from './people.ts';
import { createRules } from './rules.ts';
import { failOpenAfterMs, type Setting } from './setting.ts';
import { createModelGroup } from './target-group.ts';
import { createTrouble } from './trouble.ts';

/** How much of the event loop the syncer is given whenever something has happened: each call takes time anyway. */
const turns = 4;

/** How long a syncer may be down, or take to finish what is under way (s). */
const longestStop = 120;

const clusterOperations: readonly Operation[] = ['ledger', 'gate', 'binding', 'read'];

/** A syncer, its cluster and its target group, all of which commands change. */
export async function createWorld(setting: Setting) {
  const { targets } = setting;
  const clock = createFakeClock(turns);
  const cluster = createModelCluster(targets);
  const group = createModelGroup(targets);
  const weather = new Map<Operation, Weather>();
  const lag = new Map<Kind, number>();
  const api = createApiServer(cluster, { clock, onEvent: noteAbandoned });
  const ledgerOf = (binding: string) => readLedger(api.configMaps.text(names.ledger(binding)) ?? '');
  const rules = createRules({
    cluster,
    told: () => lives.current.told,
    group,
    ledgerOf,
    now: () => clock.now(),
    latches: setting.gatePolicy === 'latch',
    opensNotInUse: setting.notInUse === 'open',
    removesForeign: setting.foreignTargets === 'remove',
    failOpenAfterMs,
  });

  function noteAbandoned({ reason, message }: ModelEvent): void {
    if (reason !== 'TargetsAbandoned') return;
    for (const [key] of message.matchAll(/\S+:\d+(?=,|$)/g)) rules.abandoned.add(key);
  }

  const people = createPeople(api, cluster, clock, setting);
  people.service({ do: 'service', service: 'web', to: { selects: 'blue', port: 8080 } });
  people.service({ do: 'service', service: 'edge', to: { selects: 'green', port: 8080 } });
  people.bind({ do: 'bind', binding: 'web', service: 'web' });
  if (setting.edge) people.bind({ do: 'bind', binding: 'edge', service: setting.edge });
  const lives = createLives({ api, cluster, group, rules, clock, weather, lag });

  const doers: Doers<Exclude<Deed, 'wait'>> = {
    ...people,
    ...createConsole(
      group,
      targets === 'ip' ? { idOf: addressOf, port: 8080 } : { idOf: (n) => `i-${n}`, port: nodePort },
    ),
    ...createTrouble({ clock, api, lives, weather, lag }),
  };

  await lives.current.started;
  await clock.advance(1);
  return {
    clock,
    cluster,
    group,
    api,
    rules,
    ledgerOf,
    /** Carries a command out, and lets a millisecond pass. */
    step: async (command: Command): Promise<void> => {
      if (command.do === 'wait') await clock.advance(command.ms);
      else doers[command.do](command as never);
      await clock.advance(1);
    },
    /** The API server is well from now on, and a syncer runs whose caches are whole and in time. */
    mendCluster: async (): Promise<void> => {
      for (const operation of clusterOperations) weather.delete(operation);
      lag.clear();
      for (let second = 0; lives.isDown && second < longestStop; second++) await clock.advance(1_000);
      if (lives.isDown) throw new Error('the syncer does not stop');
      lives.current.listAll();
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
    stop: (): void => lives.current.die(undefined),
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
