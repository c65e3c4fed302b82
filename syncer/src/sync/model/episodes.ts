import fc from 'fast-check';
import type { Command } from './command.ts';
import { crash, mishap, moment } from './events.ts';
import type { Failure, Operation, Weather } from './line.ts';

const numbers = [1, 2, 3, 4] as const;

const create = (n: number): Command => ({
  do: 'create',
  pod: n,
  ip: n,
  app: 'blue',
  gatedBy: ['web'],
  ready: true,
});
const wait = (ms: number): Command => ({ do: 'wait', ms });
const weather = (operation: Operation, coming: Weather, forMs: number): Command => ({
  do: 'weather',
  operation,
  weather: coming,
  forMs,
});
const trouble = (operation: Operation, failure: Failure, forMs: number): Command =>
  weather(operation, { requestMs: 1, answerMs: 1, failure }, forMs);

/** A change, and what takes it back. */
const changesOf = (n: number): readonly (readonly [Command, Command])[] => [
  [{ do: 'remove', pod: n }, create(n)],
  [
    { do: 'containers', pod: n, ready: false },
    { do: 'containers', pod: n, ready: true },
  ],
  [
    { do: 'node', node: n, change: 'remove' },
    { do: 'node', node: n, change: 'add' },
  ],
  [
    { do: 'node', node: n, change: 'taint' },
    { do: 'node', node: n, change: 'untaint' },
  ],
  [
    { do: 'unbind', binding: 'web' },
    { do: 'bind', binding: 'web', service: 'web' },
  ],
  [
    { do: 'service', service: 'web', to: { selects: 'green', port: 8080 } },
    { do: 'service', service: 'web', to: { selects: 'blue', port: 8080 } },
  ],
  [
    { do: 'relist', kind: 'pods', lacks: [n] },
    { do: 'relist', kind: 'pods', lacks: [] },
  ],
];

/** A change and its opposite, the second while the answer to the first is under way, and perhaps a death in between. */
const thereAndBack: fc.Arbitrary<readonly Command[]> = fc
  .record({
    before: fc.option(mishap),
    changes: fc.constantFrom(...numbers.flatMap(changesOf)),
    isReversed: fc.boolean(),
    between: moment,
    death: fc.option(crash, { freq: 2 }),
  })
  .map(({ before, changes: [change, takeBack], isReversed, between, death }) => [
    ...(before ? [before] : []),
    isReversed ? takeBack : change,
    between,
    ...(death ? [death] : []),
    isReversed ? change : takeBack,
  ]);

/** What has once gone wrong, and would take thousands of stories to come about again. */
const mischiefWith = (n: number): readonly (readonly Command[])[] => [
  // Somebody has registered the address of a pod before the pod is there.
  [{ do: 'register-by-hand', target: n, foreign: false }, wait(65_000), create(n)],
  // Somebody registers it while the ledger is written, and ELB is looked at meanwhile, as another pod waits.
  [
    create((n % 4) + 1),
    wait(1_000),
    weather('ledger', { requestMs: 1_500, answerMs: 1, failure: 'none' }, 3_000),
    create(n),
    { do: 'register-by-hand', target: n, foreign: false },
    wait(5_000),
  ],
  // The service cache is behind when the service selects a pod again.
  [
    { do: 'service', service: 'web', to: { selects: 'green', port: 8080 } },
    { do: 'lag', kind: 'services', ms: 3_000 },
    { do: 'service', service: 'web', to: { selects: 'blue', port: 8080 } },
    create(n),
  ],
  // The binding cache is behind when a pod of a new binding comes.
  [
    { do: 'unbind', binding: 'web' },
    wait(3),
    { do: 'lag', kind: 'bindings', ms: 3_000 },
    wait(100),
    { do: 'bind', binding: 'web', service: 'web' },
    create(n),
  ],
  // A syncer dies in the middle of a registration, and the pod too.
  [
    create(n),
    wait(3),
    { do: 'crash', landsAfterMs: 4_000, downMs: 0 },
    { do: 'remove', pod: n },
    wait(5_000),
  ],
  // A binding ends while it still has the address of an earlier pod.
  [
    trouble('deregister', 'refused', 3_000),
    { do: 'remove', pod: n },
    wait(1),
    { do: 'unbind', binding: 'web' },
    create(n),
    wait(5_000),
  ],
  // A ledger loses a write, and the syncer that knew of it.
  [
    { do: 'write-ledger', binding: 'edge' },
    { do: 'remove', pod: n },
    wait(3),
    create(n),
    wait(3),
    { do: 'crash', landsAfterMs: 0, downMs: 0 },
  ],
];

/** What chance alone would seldom bring about. */
export const episode: fc.Arbitrary<readonly Command[]> = fc.oneof(
  { weight: 3, arbitrary: thereAndBack },
  { weight: 1, arbitrary: fc.constantFrom(...numbers.flatMap(mischiefWith)) },
);
