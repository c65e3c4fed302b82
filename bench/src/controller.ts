import { startLbc } from '@targetgate/sandbox/lbc';
import type { Program, World } from '@targetgate/sandbox/world';
import { startSyncer, stopSyncers } from './syncer-process.ts';

/** Whose work is measured: targetgate's, or LBC's. */
export interface Controller {
  /** Its processes that look after bindings. */
  programs(): readonly Program[];
  /** Leaves one of them, without a standby: two cores are what is measured. */
  keepOne(): Promise<void>;
  stop(): Promise<void>;
}

/** targetgate, which the world has installed and ends itself. */
export const targetgateIn = (world: World): Controller => ({
  programs: () => world.programs('syncer'),
  keepOne: async () => {
    await stopSyncers(world);
    await startSyncer(world);
  },
  stop: () => Promise.resolve(),
});

/** Starts LBC as it comes, from a folder with it. */
export async function lbcIn(world: World, source: string): Promise<Controller> {
  const lbc = await startLbc(world, { source });
  return {
    programs: () => [{ container: 'lbc', namespace: 'kube-system', pod: 'lbc', pid: lbc.pid }],
    keepOne: () => Promise.resolve(),
    stop: () => lbc.stop(),
  };
}
