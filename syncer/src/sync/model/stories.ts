import fc from 'fast-check';
import type { BindingName, Command } from './command.ts';
import { episode } from './episodes.ts';
import { mishap, ofBindings, ofNodes, ofPods, ofTargets, pause } from './events.ts';
import type { Operation } from './line.ts';
import type { Setting } from './setting.ts';

/** What a syncer goes through: the commands one after the other, and then what stands in the way for good. */
export interface Story {
  readonly setting: Setting;
  readonly commands: readonly Command[];
  readonly obstacles: readonly Command[];
}

/** AWS refuses to say anything, or to do anything. */
export const silence: readonly Command[] = (['look', 'facts', 'register', 'deregister'] as const).map(
  (operation) => forGood(operation, 'refused'),
);

function forGood(operation: Operation, failure: 'refused' | 'blamed'): Command {
  const weather = { requestMs: 1, answerMs: 1, failure };
  return { do: 'weather', operation, weather, forMs: 86_400_000 };
}

/** Three pods in service, one of them without a gate: where every other story of pods begins. */
const podsInService: readonly Command[] = [
  ...[1, 2, 3].map((n): Command => {
    const gatedBy: BindingName[] = n < 3 ? ['web'] : [];
    return { do: 'create', pod: n, ip: n, app: 'blue', gatedBy, ready: true };
  }),
  { do: 'ready', pod: 3 },
  { do: 'wait', ms: 1_000 },
  { do: 'find', target: undefined, state: 'healthy' },
  { do: 'wait', ms: 2_000 },
];

/** Three nodes in service: where every other story of nodes begins. */
const nodesInService: readonly Command[] = [
  ...[1, 2, 3].map((node): Command => ({ do: 'node', node, change: 'add' })),
  { do: 'wait', ms: 1_000 },
  { do: 'find', target: undefined, state: 'healthy' },
  { do: 'wait', ms: 2_000 },
];

/** What may stand in the way for good. */
const obstacles = fc.constantFrom<readonly Command[]>(
  [],
  [],
  silence,
  [forGood('register', 'blamed')],
  [{ do: 'quota', targets: 0 }],
  [{ do: 'checks', checks: 'not-in-use' }],
  [{ do: 'find', target: undefined, state: 'unhealthy' }],
  [{ do: 'service', service: 'web', to: undefined }],
);

/** Stories of up to 40 chapters of a command or a few, in a cluster whose targets are pods or nodes. */
export function storiesOf(targets: 'ip' | 'instance'): fc.Arbitrary<Story> {
  const ofMembers = targets === 'ip' ? ofPods : fc.oneof({ weight: 4, arbitrary: ofNodes }, ofPods);
  const inService = targets === 'ip' ? podsInService : nodesInService;
  const one = fc.oneof(
    { weight: 8, arbitrary: ofMembers },
    { weight: 2, arbitrary: ofBindings },
    { weight: 3, arbitrary: ofTargets },
    { weight: 4, arbitrary: mishap },
    { weight: 6, arbitrary: pause },
  );
  const chapter = fc.oneof(
    { weight: 4, arbitrary: one.map((command) => [command]) },
    { weight: 1, arbitrary: episode },
  );
  const setting: fc.Arbitrary<Setting> = fc.record({
    targets: fc.constant(targets),
    typeLeftOut: fc.boolean(),
    edge: fc.constantFrom(undefined, 'web', 'edge'),
    gatePolicy: fc.constantFrom('mirror', 'latch'),
    notInUse: fc.constantFrom('open', 'wait'),
    foreignTargets: fc.constantFrom('keep', 'remove'),
  });
  return fc.record({
    setting,
    commands: fc
      .tuple(fc.boolean(), fc.array(chapter, { maxLength: 40, size: 'max' }))
      .map(([begun, chapters]) => [...(begun ? inService : []), ...chapters.flat()]),
    obstacles,
  });
}
