import type { LastingTrouble, Trouble } from '../plan/index.ts';
import type { SyncContext } from './context.ts';
import { createElbLane, type ElbLane } from './elb-lane.ts';
import { createLane, type Lane } from './lane.ts';

/**
 * The kinds of work of a binding; each has a lane of its own, so that a slow call delays only its own kind. These begin
 * with a call to ELB, and wait for its turn.
 */
const elbKinds = ['register', 'look', 'deregister'] as const;

/** The calls to ELB that these may make wait for their turns while the work is under way. */
const otherKinds = ['prepare', 'facts', 'confirm', 'ledger', 'release', 'conditions', 'status'] as const;

type ElbKind = (typeof elbKinds)[number];
type OtherKind = (typeof otherKinds)[number];
type Kind = ElbKind | OtherKind;

/** Lanes whose trouble a waiting gate or a status should tell, the most telling first. */
const telling = ['prepare', 'register', 'look', 'deregister', 'ledger', 'facts', 'confirm'] as const;

/** Lanes whose trouble keeps a deleted binding from its end. */
const ending = ['prepare', 'deregister', 'ledger'] as const;

/** A deletion eats into the pod's preStop while it waits. */
const urgentRetryMs = 5_000;

export type Lanes = Readonly<Record<ElbKind, ElbLane> & Record<OtherKind, Lane>> & {
  /** What keeps the binding's targets from being in step. */
  readonly trouble: LastingTrouble | undefined;
  /** What keeps a deleted binding from its end. */
  readonly endingTrouble: LastingTrouble | undefined;
  idle(): Promise<void>;
  close(): void;
};

export function createLanes(context: SyncContext, onFree: () => void, onTrouble: OnTrouble): Lanes {
  const { clock, turns } = context;
  const partsOf = (kind: Kind) => ({
    clock,
    onFree,
    onTrouble: (trouble: Trouble) => onTrouble(kind, trouble),
  });
  const laneOf = (kind: OtherKind): Lane => createLane(partsOf(kind));
  const elbLaneOf = (kind: ElbKind): ElbLane => {
    const lane = createLane({
      ...partsOf(kind),
      ...(kind === 'deregister' && { lastRetryMs: urgentRetryMs }),
      // What ELB has throttled is tried again when the budget lets it: that is when ELB may take it.
      backsOff: ({ reason }) => reason !== 'Throttled',
    });
    return createElbLane(lane, { turns, clock, ask: onFree });
  };
  const lanes = {
    ...(Object.fromEntries(elbKinds.map((kind) => [kind, elbLaneOf(kind)])) as Record<ElbKind, ElbLane>),
    ...(Object.fromEntries(otherKinds.map((kind) => [kind, laneOf(kind)])) as Record<OtherKind, Lane>),
  };
  const all = Object.values(lanes);
  /** That ELB has throttled a look which nobody waits for keeps nothing from being in step. */
  const isTold = (kind: Kind): boolean =>
    kind !== 'look' || !lanes.look.isRoutine || lanes.look.trouble?.reason !== 'Throttled';
  const firstTrouble = (of: readonly Kind[]): LastingTrouble | undefined =>
    of
      .filter(isTold)
      .map((kind) => lanes[kind].trouble)
      .find((trouble) => trouble !== undefined);
  return {
    ...lanes,
    get trouble() {
      return firstTrouble(telling);
    },
    get endingTrouble() {
      return firstTrouble(ending);
    },
    idle: async () => {
      await Promise.all(all.map((lane) => lane.idle()));
    },
    close: () => {
      for (const lane of all) lane.close();
    },
  };
}

/** Told of each piece of work that failed and will be tried again. */
export type OnTrouble = (kind: string, trouble: Trouble) => void;
