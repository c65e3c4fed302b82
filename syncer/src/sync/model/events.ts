import fc from 'fast-check';
import type { App, BindingName, Command, ServiceName } from './command.ts';
import { operations } from './line.ts';
import type { Kind } from './objects.ts';

type One = fc.Arbitrary<Command>;

const be = fc.constant;

/** Few names and addresses, so that each is used again and again. */
const number = fc.integer({ min: 1, max: 4 });
const pod = number;
const app = fc.constantFrom<App>('blue', 'blue', 'green', 'other');
const gatedBy = fc.constantFrom<BindingName[]>([], ['web'], ['web'], ['web', 'edge']);
const binding = fc.constantFrom<BindingName>('web', 'edge');
const service = fc.constantFrom<ServiceName>('web', 'web', 'edge');

/** What becomes of pods. */
export const ofPods: One = fc.oneof(
  fc.record({ do: be('create'), pod, ip: number, app, gatedBy, ready: fc.boolean() }),
  fc.record({ do: be('create'), pod, ip: number, app: be('blue'), gatedBy, ready: be(true) }),
  fc.record({
    do: be('create'),
    pod,
    ip: number,
    app: be('blue'),
    gatedBy: be(['web' as const]),
    ready: be(true),
  }),
  fc.record({ do: be('containers'), pod, ready: fc.boolean() }),
  fc.record({ do: be('containers'), pod, ready: be(true) }),
  fc.record({ do: be('ready'), pod }),
  fc.record({ do: be('relabel'), pod, app }),
  fc.record({ do: be('move'), pod, ip: number }),
  fc.record({ do: fc.constantFrom('terminate', 'finish', 'remove'), pod }),
  fc.record({ do: be('remove'), pod }),
);

/** What becomes of nodes. */
export const ofNodes: One = fc.record({
  do: be('node'),
  node: number,
  change: fc.constantFrom(
    'add',
    'add',
    'remove',
    'ready',
    'ready',
    'not-ready',
    'taint',
    'untaint',
    'exclude',
  ),
});

/** What becomes of services and bindings. */
export const ofBindings: One = fc.oneof(
  fc.record({
    do: be('service'),
    service,
    to: fc.record({ selects: app, port: fc.constantFrom(8080, 8080, 9090) }),
  }),
  fc.record({ do: be('service'), service, to: be(undefined) }),
  fc.record({ do: be('bind'), binding, service }),
  fc.record({ do: be('unbind'), binding }),
  fc.record({ do: be('force-unbind'), binding }),
  fc.record({ do: be('allow-removals'), binding, forMs: fc.constantFrom(1_000, 60_000) }),
);

/** What becomes of the target group. */
export const ofTargets: One = fc.oneof(
  fc.record({ do: be('find'), target: be(undefined), state: be('healthy') }),
  fc.record({ do: be('find'), target: be(undefined), state: be('healthy') }),
  fc.record({ do: be('find'), target: number, state: fc.constantFrom('healthy', 'unhealthy') }),
  fc.record({ do: be('find'), target: number, state: fc.constantFrom('healthy', 'unhealthy') }),
  fc.record({ do: be('drained') }),
  fc.record({ do: be('deregister-by-hand'), target: number }),
  fc.record({ do: be('register-by-hand'), target: number, foreign: fc.boolean() }),
  fc.record({ do: be('checks'), checks: fc.constantFrom('on', 'on', 'not-in-use', 'off') }),
  fc.record({ do: be('quota'), targets: fc.constantFrom(2, 3, 4, 100) }),
);

const ms = fc.constantFrom(1, 5, 700, 5_000);
const kind = fc.constantFrom<Kind>('pods', 'pods', 'services', 'nodes', 'bindings');

const weather: One = fc.record({
  do: be('weather'),
  // What matters most is what becomes of targets.
  operation: fc.constantFrom(
    ...operations,
    ...Array.from({ length: 3 }, () => ['register', 'deregister'] as const).flat(),
  ),
  weather: fc.record({
    requestMs: ms,
    answerMs: ms,
    failure: fc.constantFrom('none', 'refused', 'blamed', 'answer-lost'),
  }),
  forMs: fc.constantFrom(2, 100, 3_000, 60_000, 100_000),
});

/** The syncer's death. */
export const crash: One = fc.record({
  do: be('crash'),
  landsAfterMs: fc.constantFrom(undefined, 0, 1_000, 4_000),
  downMs: fc.constantFrom(0, 3, 2_000, 20_000),
});

/** Trouble between the syncer and all of these, its death included. */
export const mishap: One = fc.oneof(
  weather,
  weather,
  weather,
  crash,
  fc.record({ do: be('restart') }),
  fc.record({ do: fc.constantFrom('write-ledger', 'delete-ledger'), binding }),
  fc.record({ do: be('lag'), kind, ms: fc.constantFrom(0, 5, 100, 3_000) }),
  fc.record({
    do: be('relist'),
    kind,
    lacks: fc.constantFrom<readonly number[] | 'all'>([], [1], [1, 2], 'all'),
  }),
);

export const pause: One = fc.record({
  do: be('wait'),
  ms: fc.constantFrom(3, 10, 100, 1_000, 2_000, 5_000, 65_000, 120_000),
});

/** So short that what was begun is still under way. */
export const moment: One = fc.record({ do: be('wait'), ms: fc.constantFrom(1, 3, 10, 1_000) });
