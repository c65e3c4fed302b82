import { startWorld, type World, type WorldEvent, type WorldOptions } from '@targetgate/sandbox/world';
import type { Surroundings } from './scenario.ts';

/** Takes each event from now on. */
export type Follow = (see: (event: WorldEvent) => void) => void;

/** On two quiet cores no scenario takes six minutes; past this something hangs. */
const limitSeconds = 480;

/** Runs a measurement in a sandbox of its own: targets register within a second, everything else as by default. */
export async function inWorld<T>(
  { onProgress, signal }: Surroundings,
  options: Omit<WorldOptions, 'withTargetgate' | 'journal' | 'onProgress' | 'signal'>,
  measure: (world: World, follow: Follow) => Promise<T>,
): Promise<T> {
  const followers: ((event: WorldEvent) => void)[] = [];
  const world = await startWorld({
    ...options,
    withTargetgate: true,
    elb: { registrationMs: 1000, ...options.elb },
    journal: (event) => {
      for (const follow of followers) follow(event);
    },
    onProgress,
    signal: AbortSignal.any([signal, AbortSignal.timeout(limitSeconds * 1000)]),
  });
  try {
    return await measure(world, (see) => followers.push(see));
  } finally {
    await world.close();
  }
}
