import type { Standing } from './hold.ts';

/** What is kept while a shard is held. */
interface Work {
  /** It goes on with all that it knows. */
  resume(): void;
  /** It begins nothing until it is resumed. */
  pause(): void;
  /** It ends; settles when it has. */
  stop(): Promise<void>;
}

/** The terms of this replica: one for each shard that it holds, which begins when it takes it. */
export interface Terms<T> {
  onStanding(shard: number, standing: Standing): void;
  /** Those under way. */
  all(): Iterable<T>;
  /** Ends all terms, and begins none. */
  stop(): Promise<void>;
}

/**
 * | standing | the term  | then                                                                                     |
 * | -------- | --------- | ---------------------------------------------------------------------------------------- |
 * | leading  | none      | one begins, when the last one of the shard has ended                                     |
 * | leading  | is paused | it goes on: nobody else has led meanwhile                                                |
 * | paused   | works     | it is paused; its fence has ended the calls that were under way                          |
 * | standby  | works     | it is stopped: somebody else leads. Its fence is closed, so that it writes nothing more  |
 */
export function createTerms<T extends Work>(begin: (shard: number) => T): Terms<T> {
  const terms = new Map<number, T>();
  const standings = new Map<number, Standing>();
  const ending = new Map<number, Promise<void>>();
  let isStopped = false;

  async function lead(shard: number): Promise<void> {
    await ending.get(shard);
    if (isStopped || standings.get(shard) !== 'leading') return;
    const term = terms.get(shard);
    if (term === undefined) terms.set(shard, begin(shard));
    else term.resume();
  }

  function end(shard: number): void {
    const term = terms.get(shard);
    if (term === undefined) return;
    terms.delete(shard);
    ending.set(shard, term.stop());
  }

  return {
    onStanding: (shard, standing) => {
      standings.set(shard, standing);
      if (standing === 'leading') void lead(shard);
      else if (standing === 'paused') terms.get(shard)?.pause();
      else end(shard);
    },
    all: () => terms.values(),
    stop: async () => {
      isStopped = true;
      for (const shard of [...terms.keys()]) end(shard);
      await Promise.all(ending.values());
    },
  };
}
