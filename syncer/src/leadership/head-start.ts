import { spreadOf } from '../spread.ts';

/** For how long each shard that a replica has lets others go first, in milliseconds. */
const eachMs = 250;

/** However many shards a replica has, one that nobody else takes waits no longer than this for it. */
const longestMs = 1_000;

/** Replicas that have equally many begin with different shards. */
const spreadMs = 100;

/**
 * For how long a candidate for a shard lets others go first: longer, the more shards it has already, so that replicas
 * come to their fair share where they start together or share what another one leaves behind.
 */
export const headStartMs = (candidate: string, { shard, of, has }: HeadStart): number =>
  of === 1 ? 0 : Math.min(longestMs, has * eachMs) + spreadOf(`${candidate}/${shard}`) * spreadMs;

/** Which shard, and how many others the candidate has. */
interface HeadStart {
  readonly shard: number;
  readonly of: number;
  readonly has: number;
}
