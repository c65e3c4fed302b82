import type { Clock } from '@targetgate/shared/runtime';
import { names } from './api-objects.ts';
import type { ApiServer } from './api-server.ts';
import type { Deed, Doers } from './command.ts';
import type { Operation, Weather } from './line.ts';
import type { Lives } from './lives.ts';
import type { Kind } from './objects.ts';

/** What comes between a syncer and its surroundings. */
interface Between {
  readonly clock: Clock;
  readonly api: ApiServer;
  readonly lives: Lives;
  readonly weather: Map<Operation, Weather>;
  readonly lag: Map<Kind, number>;
}

/** For how long ledgers can be read after they could not (ms). */
const ledgersRestMs = 30_000;

/** Trouble between the syncer and its surroundings, its death included. */
export function createTrouble({ clock, api, lives, weather, lag }: Between) {
  let ledgersRestUntil = 0;
  /** A syncer expects what its predecessor may have sent, and not what came before: two deaths are seconds apart. */
  let landsUntil = 0;

  return {
    weather: ({ operation, weather: coming, forMs }) => {
      // A deletion lasts two minutes at most, and then forgets what no ledger has told it.
      if (operation === 'ledger' && clock.now() < ledgersRestUntil) return;
      if (operation === 'ledger') ledgersRestUntil = clock.now() + forMs + ledgersRestMs;
      weather.set(operation, coming);
      clock.at(clock.now() + forMs, () => {
        if (weather.get(operation) === coming) weather.delete(operation);
      });
    },
    lag: ({ kind, ms }) => void lag.set(kind, ms),
    relist: ({ kind, lacks }) =>
      lives.current.list(kind, (name) => lacks === 'all' || lacks.some((n) => name.endsWith(`-${n}`))),
    crash: ({ landsAfterMs, downMs }) => {
      if (clock.now() < landsUntil) return;
      landsUntil = clock.now() + (landsAfterMs ?? 0);
      lives.crash(landsAfterMs, downMs);
    },
    restart: () => {
      if (clock.now() >= landsUntil) lives.restart();
    },
    'write-ledger': ({ binding }) => api.configMaps.touch(names.ledger(binding)),
    'delete-ledger': ({ binding }) => api.configMaps.remove(names.ledger(binding)),
  } satisfies Partial<Doers<Deed>>;
}
