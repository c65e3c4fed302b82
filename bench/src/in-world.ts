import { startWorld, type World, type WorldEvent, type WorldOptions } from '@targetgate/sandbox/world';
import { lbcIn, targetgateIn, type Controller } from './controller.ts';
import type { Surroundings } from './scenario.ts';

/** Takes each event from now on. */
export type Follow = (see: (event: WorldEvent) => void) => void;

/** On two quiet cores no scenario takes six minutes; past this something hangs. */
const limitSeconds = 480;

/** Runs a measurement in a sandbox of its own: targets register within a second, everything else as by default. */
export async function inWorld<T>(
  { onProgress, signal, addresses, lbc }: Surroundings,
  options: Omit<WorldOptions, 'withTargetgate' | 'journal' | 'onProgress' | 'signal'>,
  measure: (world: World, follow: Follow, controller: Controller) => Promise<T>,
): Promise<T> {
  const followers: ((event: WorldEvent) => void)[] = [];
  const world = await startWorld({
    ...options,
    ...(addresses && { addresses }),
    withTargetgate: lbc === undefined,
    elb: { registrationMs: 1000, ...options.elb },
    journal: (event) => {
      for (const follow of followers) follow(event);
    },
    onProgress,
    signal: AbortSignal.any([signal, AbortSignal.timeout(limitSeconds * 1000)]),
  });
  try {
    const controller = lbc === undefined ? targetgateIn(world) : await lbcIn(world, lbc);
    try {
      return await measure(world, (see) => followers.push(see), controller);
    } finally {
      await controller.stop();
    }
  } finally {
    await world.close();
  }
}
