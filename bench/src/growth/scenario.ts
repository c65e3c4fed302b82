import type { CrowdSize } from '../crowd/plan.ts';
import { inWorld } from '../in-world.ts';
import { measureMassStart, type MassStartOutcome } from '../mass-start/measure.ts';
import type { Figure, Scenario, Surroundings } from '../scenario.ts';
import { drawGrowth } from './drawing/draw.ts';
import { figuresOf } from './measures.ts';
import { sizes, wordsOf } from './sizes.ts';

/**
 * How a mass start grows, by ten times at each step: with the pods of one binding, and with bindings of 10 pods each.
 * Each size has a sandbox and a syncer of its own, so that none inherits the memory of another. What is real and what
 * is not is as in mass-start/scenarios.ts.
 */
export const growth: Scenario = {
  name: 'growth',
  about: '10 to 1,000 pods from 0: in one group, and in 1 to 100 groups of 10, checks every 10 s',
  run: async (surroundings) => {
    const figures: Figure[] = [];
    for (const size of sizes) {
      surroundings.onProgress(wordsOf(size));
      figures.push(...figuresOf(size, await massStartOf(size, surroundings)));
    }
    return figures;
  },
  draw: drawGrowth,
};

const massStartOf = (size: CrowdSize, surroundings: Surroundings): Promise<MassStartOutcome> =>
  inWorld(surroundings, {}, (world, follow, controller) => {
    const start = { ...size, healthCheckIntervalSeconds: 10 };
    return measureMassStart(world, follow, { start, controller, onProgress: surroundings.onProgress });
  });
