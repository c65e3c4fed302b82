import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createApiServer } from './model/api-server.ts';
import { startReplica, type Replica, type Weather } from './model/replica.ts';
import { createTime } from './model/time.ts';
import { timingOf } from './timing.ts';

const timing = timingOf(7_000);

/** Nothing goes wrong after this, in milliseconds. */
const troubledMs = 60_000;

/** Then somebody leads: what is late has landed, and a Lease that nobody renews any more has ended. */
const quietMs = 25_000;

const fine: Weather = { outMs: 2, backMs: 2, lost: 'no', suspendsMs: 0 };

const delays = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 50 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 9_000 }) },
  // Just in time.
  { weight: 1, arbitrary: fc.integer({ min: timing.answerWithinMs - 500, max: timing.answerWithinMs }) },
);
const weathers: fc.Arbitrary<Weather> = fc.record({
  outMs: delays,
  backMs: delays,
  lost: fc.oneof({ weight: 6, arbitrary: fc.constant('no' as const) }, fc.constantFrom('request', 'answer')),
  suspendsMs: fc.oneof(
    { weight: 12, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
  ),
});

interface Trouble {
  readonly kind: 'suspend' | 'cut-off' | 'outage' | 'kill';
  readonly replica: number;
  readonly at: number;
  readonly ms: number;
}

const troubles: fc.Arbitrary<Trouble> = fc.record({
  kind: fc.constantFrom('suspend', 'cut-off', 'outage', 'kill'),
  replica: fc.nat({ max: 2 }),
  at: fc.nat({ max: 45_000 }),
  ms: fc.nat({ max: 15_000 }),
});

const stories = fc.record({
  /** Clocks of computers differ by far less. */
  rates: fc.array(fc.double({ min: 0.95, max: 1.05, noNaN: true }), { minLength: 2, maxLength: 3 }),
  weather: fc.array(weathers, { minLength: 5, maxLength: 40 }),
  troubles: fc.array(troubles, { maxLength: 8 }),
  /** When somebody deletes the Lease. */
  deletedAt: fc.option(fc.nat({ max: 45_000 }), { nil: undefined }),
});

it('whatever the network, the clocks and the processes do, no two fences are open at once, and somebody leads in the end', async () => {
  await fc.assert(
    fc.asyncProperty(stories, async ({ rates, weather, troubles: all, deletedAt }) => {
      const time = createTime();
      const api = createApiServer();
      const cutOffUntil = rates.map(() => 0);
      let calls = 0;
      const start = (number: number, run: number): Replica =>
        startReplica({
          time,
          api,
          timing,
          pod: `pod-${number}`,
          run,
          clock: { rate: rates[number] ?? 1, zero: number * 1e9 },
          nextWeather: () => (time.now < troubledMs ? (weather[calls++ % weather.length] ?? fine) : fine),
          isReachable: () => time.now >= (cutOffUntil[number] ?? 0),
        });
      const replicas = rates.map((_, number) => start(number, 0));

      for (const { kind, replica, at, ms } of all) {
        const number = replica % rates.length;
        time.at(at, () => {
          const end = at + ms;
          if (kind === 'cut-off') cutOffUntil[number] = end;
          else if (kind === 'outage') cutOffUntil.fill(end);
          else if (kind === 'suspend') {
            const process = replicas[number]?.process;
            if (process) process.suspendedUntil = Math.max(process.suspendedUntil, end);
          } else {
            replicas[number]?.kill();
            time.at(end, () => {
              const dead = replicas[number]?.process.suspendedUntil === Infinity;
              if (dead) replicas[number] = start(number, at + 1);
            });
          }
        });
      }

      if (deletedAt !== undefined) time.at(deletedAt, () => api.remove());

      const open = (): Replica[] =>
        replicas.filter(
          ({ candidate, process }) => candidate.fence.isOpen && process.suspendedUntil < Infinity,
        );
      await time.run(troubledMs + quietMs, () => expect(open().length).toBeLessThanOrEqual(1));
      expect(replicas.filter(({ candidate }) => candidate.standing === 'leading')).toHaveLength(1);
      expect(open()).toHaveLength(1);
    }),
    { numRuns: 150 },
  );
}, 120_000);
