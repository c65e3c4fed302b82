import type { Candidacy } from './candidacy.ts';
import type { Standing } from './hold.ts';
import { noFence } from './fence.ts';

/** Leads without a Lease, for those who write nothing. There is one shard. */
export function unopposed(onStanding: (shard: number, standing: Standing) => void): Candidacy {
  let standing: Standing = 'standby';
  const become = (next: Standing): void => {
    standing = next;
    onStanding(0, next);
  };
  return {
    standings: () => [standing],
    holderOf: () => '',
    unseen: () => [],
    fenceOf: () => noFence,
    start: () => become('leading'),
    retire: () => undefined,
    close: () => Promise.resolve(),
  };
}
