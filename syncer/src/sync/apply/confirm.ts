import type { Subject } from '@targetgate/shared/resolve';
import type { Trouble } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';

/** So many reads are under way at once. */
const atOnce = 16;

/** Asks the API server whether subjects that vanished from the cache are gone. */
export async function confirm(
  subjects: readonly Subject[],
  namespace: string,
  { ended, logger }: Pick<BindingState, 'ended' | 'logger'>,
  { reads }: SyncContext,
): Promise<Trouble | undefined> {
  const queue = subjects.values();
  let there = 0;
  const askNext = async (): Promise<void> => {
    for (const subject of queue) {
      if (await reads.hasEnded(namespace, subject)) ended.add(subject.uid);
      else there++;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, subjects.length) }, askNext));
  if (there === 0) return undefined;
  logger.warn({ there, of: subjects.length }, 'the API server has what the cache lacks: their targets stay');
  return {
    reason: 'CacheBehind',
    message: `${there} pods or nodes that the cache lacks are there: their targets stay`,
  };
}
