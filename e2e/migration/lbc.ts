import { startLbc as startLbcItself } from '@targetgate/sandbox/lbc';
import { privateAddresses, type World, type WorldOptions } from '@targetgate/sandbox/world';
import { startLbcStandIn, type Lbc } from './lbc-stand-in.ts';

/** Where LBC itself is; without it, a stand-in plays its part. CONTRIBUTING.md says how to come by it. */
const source = process.env.LBC_SOURCE;

/** What a world needs for it. */
export const worldOfLbc: Pick<WorldOptions, 'addresses'> =
  source === undefined ? {} : { addresses: privateAddresses };

/** An address in the world's VPC that nobody has. */
export const unusedAddress = source === undefined ? '127.9.9.10' : '10.64.127.10';

/** Starts LBC, or its stand-in. */
export const startLbc = (world: World): Promise<Lbc> =>
  source === undefined
    ? Promise.resolve(startLbcStandIn(world))
    : // It asks ELB about pods that wait every 15 s by default.
      startLbcItself(world, { source, args: ['--targetgroupbinding-requeue-duration=1s'] });
