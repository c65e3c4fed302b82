import { wordsOf } from '../elb-calls.ts';
import { inWorld } from '../in-world.ts';
import type { Scenario } from '../scenario.ts';
import { deploy } from './deploy.ts';
import { requestFigures, spreadFigures, timeFigures } from './figures.ts';
import { rollOut } from './roll-out.ts';

/** All of it is real: pods are servers, ELB checks them and sends them the requests, a Deployment replaces them. */
export const rollout: Scenario = {
  name: 'rollout',
  about: 'rolling update of 10 pods under 200 requests/s, 15 s preStop',
  takesLbc: true,
  run: (surroundings) =>
    inWorld(surroundings, {}, async (world, follow) => {
      const { onProgress } = surroundings;
      onProgress('10 pods');
      const app = await deploy(world, follow, { preStopSeconds: 15 });
      onProgress('rolling update');
      const outcome = await rollOut(world, app);
      onProgress(`ELB calls: ${wordsOf(outcome.calls)}`);
      const { gate, register, deregister } = outcome.latencies;
      return [
        ...requestFigures(outcome, { goal: { atMost: 0 }, peer: 0 }),
        ...timeFigures(outcome, { goal: { atMost: 28 }, peer: 76.6 }),
        ...spreadFigures('target healthy -> gate True', gate, {
          unit: 's',
          p50: { goal: { atMost: 0.5 }, peer: 12.8 },
          max: { goal: { atMost: 1.2 }, peer: 14 },
        }),
        { of: 'ELB calls', value: outcome.calls.length, unit: '', goal: { atMost: 45 }, peer: 48 },
        ...spreadFigures('ContainersReady -> RegisterTargets', register, {
          unit: 'ms',
          p50: { goal: { atMost: 10 }, peer: 6 },
          max: { goal: { atMost: 30 }, peer: 11 },
        }),
        ...spreadFigures('deletionTimestamp -> DeregisterTargets', deregister, {
          unit: 'ms',
          p50: { goal: { atMost: 10 }, peer: 28 },
          max: { goal: { atMost: 30 }, peer: 36 },
        }),
      ];
    }),
};

/** The same app as nobody has prepared it: targetgate gives its pods the sleep that they lack. */
export const rolloutWithoutPreStop: Scenario = {
  name: 'rollout-no-prestop',
  about: 'the same with no preStop of its own, but for the label that asks for graceful termination',
  takesLbc: true,
  run: (surroundings) =>
    inWorld(surroundings, {}, async (world, follow) => {
      const { onProgress } = surroundings;
      onProgress('10 pods');
      const app = await deploy(world, follow, {});
      onProgress('rolling update');
      const outcome = await rollOut(world, app);
      return [...requestFigures(outcome, { goal: { atMost: 0 }, peer: 317 }), ...timeFigures(outcome, {})];
    }),
};
