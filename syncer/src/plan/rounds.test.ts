import { describe, expect, it } from '@jest/globals';
import { conditionOf } from '@targetgate/shared/model';
import fc from 'fast-check';
import { targetKey, type TargetKey } from '../ledger/ledger.ts';
import { inputOf } from './fixtures.ts';
import { fates, worlds } from './fixtures/arbitrary-world.ts';
import { createStory } from './fixtures/story.ts';
import { plan, type Plan, type PlanInput, type TargetHealth } from './index.ts';
import { planRegistrations } from './registrations.ts';
import { candidatesOf } from './successor.ts';
import { isGateClosed } from './wanted.ts';

// The same worlds each time; without the seed, new ones. A failure prints its seed and path, which tell it again.
const runs = { numRuns: 1_000, seed: 1 };

/** More rounds than any of these worlds needs to come to rest. */
const enoughRounds = 12;

describe('round after round', () => {
  it('with nothing else changed, there is soon nothing more to do, and nothing was done to and fro', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const story = createStory();
        let input = inputOf(world);
        for (let round = 0; round < enoughRounds; round++) input = story.round(input).input;
        expect(story.wrongs).toEqual([]);
        expect(plan(input).actions).toEqual([]);
      }),
      runs,
    );
  });

  it('with ELB looked at in between, all comes into step or says what it waits for', () => {
    fc.assert(
      fc.property(worlds, fates, (world, fate) => {
        const story = createStory();
        const elb = createElb(fate);
        let input = elb.look(inputOf(world));
        for (let round = 0; round < enoughRounds; round++) {
          const done = story.round(input);
          elb.carryOut(done.planned);
          // The last rounds come after all that waits for a time.
          const later = round === enoughRounds / 2 ? 600_000 : 1_000;
          input = elb.look({ ...done.input, now: done.input.now + later });
        }
        expect(story.wrongs).toEqual([]);
        expect(plan(input).actions).toEqual([]);
        if (input.ledger === undefined || input.binding.deletedAt !== undefined) return;
        expect(silentGates(input)).toEqual([]);
        expect(missingTargets(input)).toEqual([]);
      }),
      runs,
    );
  });
});

/** An ELB in which a target that is registered has its fate with the next look, and one that is not drains. */
function createElb(fates: readonly TargetHealth[]) {
  const targets = new Map<TargetKey, TargetHealth>();
  const fateOf = (key: TargetKey): TargetHealth =>
    fates[Number(/(\d+):/.exec(key)?.[1])] ?? { state: 'initial' };
  return {
    look: (input: PlanInput): PlanInput => {
      if (targets.size === 0)
        for (const [key, health] of input.observation?.targets ?? []) targets.set(key, health);
      return { ...input, observation: { askedAt: input.now, targets: new Map(targets) } };
    },
    carryOut: ({ actions }: Plan): void => {
      for (const action of actions) {
        if (action.kind === 'deregister') {
          for (const { target } of action.removals) {
            if (targets.has(targetKey(target))) targets.set(targetKey(target), { state: 'draining' });
          }
        }
        if (action.kind === 'register') {
          for (const { target } of action.targets) {
            const key = targetKey(target);
            const known = targets.get(key);
            if (known === undefined || known.state === 'draining') targets.set(key, fateOf(key));
          }
        }
      }
    },
  };
}

/** Pods that should be served, and whose gates are closed and do not say why. */
const silentGates = (input: PlanInput): string[] =>
  (input.resolution.candidates ?? [])
    .filter(({ registration }) => registration === 'wanted')
    .map(({ subject }) => input.pods.get(subject.uid))
    .filter((pod) => pod !== undefined)
    .filter(({ deletesAt, finished }) => deletesAt === undefined && !finished)
    .filter((pod) => isGateClosed(input, pod.uid) && !conditionOf(pod, input.gate)?.reason)
    .map(({ name }) => name);

/** Targets that should be registered and are not, though nothing is said to be in the way. */
function missingTargets(input: PlanInput): TargetKey[] {
  const { resolution, observation, ledger } = input;
  const { obstacles } = planRegistrations(input, candidatesOf(input));
  return (resolution.candidates ?? [])
    .filter(({ registration, subject }) => registration === 'wanted' && !obstacles.has(subject.uid))
    .flatMap(({ target }) => (target === undefined ? [] : [targetKey(target)]))
    .filter((key) => !ledger?.has(key) || observation?.targets.get(key)?.state === 'draining');
}
