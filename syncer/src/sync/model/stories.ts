import fc from 'fast-check';
import type { Command } from './command.ts';

const pod = fc.integer({ min: 1, max: 4 });
const ip = pod;
const be = fc.constant;

/** Pods of few names and addresses, so that both are used again and again. */
const pods: fc.Arbitrary<Command>[] = [
  fc.record({ do: be('create'), pod, ip, gated: fc.boolean(), ready: fc.boolean() }),
  fc.record({ do: be('create'), pod, ip, gated: be(true), ready: be(true) }),
  fc.record({ do: be('containers'), pod, ready: fc.boolean() }),
  fc.record({ do: be('containers'), pod, ready: be(true) }),
  fc.record({ do: be('ready'), pod }),
  fc.record({ do: be('relabel'), pod, labelled: fc.boolean() }),
  fc.record({ do: fc.constantFrom('terminate', 'finish', 'remove'), pod }),
];

const service: fc.Arbitrary<Command> = fc.record({
  do: be('service'),
  port: fc.constantFrom(8080, 9090, undefined),
});

const targets: fc.Arbitrary<Command>[] = [
  fc.record({ do: be('find'), ip: be(undefined), state: be('healthy') }),
  fc.record({ do: be('find'), ip, state: fc.constantFrom('healthy', 'unhealthy') }),
  fc.record({ do: be('drained') }),
  fc.record({ do: be('deregister-by-hand'), ip }),
  fc.record({ do: be('register-by-hand'), n: pod }),
];

const ms = fc.constantFrom(1, 5, 700, 5_000);
const weather: fc.Arbitrary<Command> = fc.record({
  do: be('weather'),
  operation: fc.constantFrom('look', 'register', 'deregister', 'ledger', 'gate', 'binding'),
  weather: fc.record({
    requestMs: ms,
    answerMs: ms,
    failure: fc.constantFrom('none', 'refused', 'blamed', 'answer-lost'),
  }),
  forMs: fc.constantFrom(2, 100, 3_000, 60_000),
});

const mishap: fc.Arbitrary<Command> = fc.oneof(
  weather,
  weather,
  fc.record({ do: be('crash'), landed: fc.boolean(), downMs: fc.constantFrom(0, 3, 2_000, 20_000) }),
  fc.record({ do: be('write-ledger') }),
);

const wait: fc.Arbitrary<Command> = fc.record({
  do: be('wait'),
  ms: fc.constantFrom(3, 10, 100, 1_000, 2_000, 5_000, 65_000, 120_000),
});

const moment = fc.constantFrom(1, 3, 10, 1_000).map((ms): Command => ({ do: 'wait', ms }));
const one = fc.oneof(
  ...pods,
  ...pods,
  service,
  ...targets,
  mishap,
  mishap,
  ...Array<typeof wait>(5).fill(wait),
);

const gone = (pod: number): Command => ({ do: 'remove', pod });
const back = (pod: number): Command => ({ do: 'create', pod, ip: pod, gated: true, ready: true });
const failing = (pod: number): Command => ({ do: 'containers', pod, ready: false });
const recovered = (pod: number): Command => ({ do: 'containers', pod, ready: true });

/** What chance alone would seldom bring about: a change that is taken back while the answer to it is under way. */
const thereAndBack = fc
  .tuple(fc.option(mishap), fc.constantFrom([gone, back], [failing, recovered]), pod, moment)
  .map(([before, changes, pod, between]) => [
    ...(before ? [before] : []),
    ...changes.flatMap((change, nth) => (nth === 0 ? [change(pod)] : [between, change(pod)])),
  ]);

/** Three pods in service, one of them without a gate: where every other story begins. */
const inService: Command[] = [
  ...[1, 2, 3].map((n): Command => ({ do: 'create', pod: n, ip: n, gated: n < 3, ready: true })),
  { do: 'ready', pod: 3 },
  { do: 'wait', ms: 1_000 },
  { do: 'find', ip: undefined, state: 'healthy' },
  { do: 'wait', ms: 2_000 },
];

const chapter = fc.oneof(
  { weight: 4, arbitrary: one.map((command) => [command]) },
  { weight: 1, arbitrary: thereAndBack },
);

/** A story of up to 40 chapters of a command or a few. */
export const story: fc.Arbitrary<Command[]> = fc
  .tuple(fc.boolean(), fc.array(chapter, { maxLength: 40, size: 'max' }))
  .map(([begun, chapters]) => [...(begun ? inService : []), ...chapters.flat()]);
