import { startReflector, type KubeClient, type Reflector } from '@targetgate/shared/kube';
import type { Clock } from '@targetgate/shared/runtime';
import { createCandidate, type Candidate } from './candidate.ts';
import type { Fence } from './fence.ts';
import { headStartMs } from './head-start.ts';
import type { Standing } from './hold.ts';
import type { Identity } from './identity.ts';
import { createLeaseApi, leasesIn } from './lease-api.ts';
import { projectLease, type Lease } from './lease.ts';
import type { Timing } from './timing.ts';

/** How a replica comes to lead shards. */
export interface Candidacy {
  /** Where it stands, in the order of the shards. */
  standings(): readonly Standing[];
  /** Who leads a shard, as far as is known; empty where nobody does. */
  holderOf(shard: number): string;
  /** The Leases of which nothing is known yet: what this program may not read, it can never lead by. */
  unseen(): readonly string[];
  fenceOf(shard: number): Fence;
  /** Begins to lead what is free. */
  start(): void;
  /** Takes nothing more, and keeps what it has. */
  retire(): void;
  /** Lets go what it has, and ends. Whoever works must have ended. */
  close(): Promise<void>;
}

/** What a candidacy by Leases needs. */
export interface CandidacyOptions {
  readonly client: KubeClient;
  /** Where the Leases are. */
  readonly namespace: string;
  readonly shards: number;
  readonly identity: Identity;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly onStanding: (shard: number, standing: Standing) => void;
  readonly onProblem: (shard: number, problem: unknown) => void;
}

/** The Lease of each shard. */
const leaseName = (shard: number): string => `targetgate-syncer-${shard}`;

/** One candidate for each shard, which has a Lease of its own. */
export function createCandidacy(options: CandidacyOptions): Candidacy {
  const { client, namespace, shards, identity, timing, clock, onStanding, onProblem } = options;
  const reflectors: Reflector<Lease>[] = [];

  const candidates = Array.from({ length: shards }, (_, shard): Candidate => {
    const othersHeld = (): number =>
      candidates.filter((other, number) => number !== shard && other.isEngaged).length;
    return createCandidate({
      api: createLeaseApi(client, { namespace, name: leaseName(shard) }, timing.answerWithinMs),
      identity,
      timing,
      clock,
      headStartMs: () => headStartMs(identity.id, { shard, of: shards, has: othersHeld() }),
      onStanding: (standing) => {
        // The API server answers: the other Leases are to be seen again at once.
        if (standing === 'leading') for (const reflector of reflectors) reflector.hasten();
        onStanding(shard, standing);
      },
      onProblem: (problem) => onProblem(shard, problem),
    });
  });

  /** A watch, not a poll: a Lease that is let go is taken within milliseconds. */
  function follow(candidate: Candidate, shard: number): Reflector<Lease> {
    const name = leaseName(shard);
    const reflector = startReflector<Lease>({
      client,
      path: leasesIn(namespace),
      query: { fieldSelector: `metadata.name=${name}` },
      project: projectLease,
      indexes: {},
      onChange: ({ after }) => candidate.see(after),
      onProblem: (problem) => onProblem(shard, problem),
    });
    // That there is none is no change.
    void reflector.synced.then(() => candidate.see(reflector.store.get(namespace, name)));
    return reflector;
  }

  return {
    standings: () => candidates.map(({ standing }) => standing),
    holderOf: (shard) => candidates[shard]?.holder ?? '',
    unseen: () => candidates.flatMap(({ holder }, shard) => (holder === undefined ? [leaseName(shard)] : [])),
    fenceOf: (shard) => {
      const candidate = candidates[shard];
      if (candidate === undefined) throw new Error(`there is no shard ${shard}`);
      return candidate.fence;
    },
    start: () => {
      reflectors.push(...candidates.map(follow));
    },
    retire: () => {
      for (const candidate of candidates) candidate.retire();
    },
    close: async () => {
      await Promise.all(candidates.map((candidate) => candidate.release()));
      await Promise.all(reflectors.map((reflector) => reflector.stop()));
    },
  };
}
