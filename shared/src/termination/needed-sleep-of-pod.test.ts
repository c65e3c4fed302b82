import { expect, it } from '@jest/globals';
import { apiBinding } from '../fixtures/cluster.ts';
import { projectBinding } from '../model/index.ts';
import { lbcGroup, namesOf } from '../names.ts';
import { neededSleepOfPod } from './needed-sleep-of-pod.ts';

const names = namesOf(lbcGroup);

/** A binding whose status says that its group drains for so long. */
const draining = (name: string, deregistrationDelaySeconds: number, arn = 'arn:web') =>
  projectBinding(
    apiBinding({
      metadata: { name },
      status: { targetGroup: { arn, protocol: 'HTTP', deregistrationDelaySeconds } },
    }),
  );

const secondsOf = (value: string | undefined, ...bindings: ReturnType<typeof draining>[]) =>
  neededSleepOfPod(
    { endAnnotations: value === undefined ? {} : { [names.terminationLabel]: value } },
    bindings,
    names,
  )?.seconds;

it('of several bindings the longest wins', () => {
  expect(secondsOf(undefined, draining('a', 30), draining('b', 60))).toBe(65);
});

it("the pod's own profile comes before its bindings'", () => {
  expect(secondsOf('routing', draining('a', 60))).toBe(25);
});

it('what a status says of another group is not believed', () => {
  expect(neededSleepOfPod({ endAnnotations: {} }, [draining('a', 60, 'arn:former')], names)).toMatchObject({
    seconds: 25,
    unknown: 'a',
  });
});

it('a pod without a binding needs none', () => {
  expect(secondsOf(undefined)).toBeUndefined();
});
