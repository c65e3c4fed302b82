import { healthyWithin, type TimeToHealthy } from './time-to-healthy.ts';

/** Before this share of the targets is healthy, there is little to see. */
const soonest = 0.02;

/**
 * What was learnt may not hold any more: a target is looked at once when it is this old, in milliseconds, and again
 * whenever it has become twice as old.
 */
const doubtMs = 3_000;

/** All busy bindings look this often in a second, together: half of what AWS allows an account in a region. */
const looksPerSecond = 5;

/**
 * When to look at a group some of whose targets are new and not known to be healthy (epoch ms). All of them share the
 * look.
 *
 * | busy bindings | more to come | the first look                                      | the next ones    |
 * | ------------- | ------------ | --------------------------------------------------- | ---------------- |
 * | few           |              | `everyMs` after the soonest may be healthy, or when | each `everyMs`   |
 * |               |              | all should be                                       |                  |
 * | many          | no           | when all should be healthy; a turn of all bindings  | each half a turn |
 * |               |              | after the soonest may be, at the latest             |                  |
 * | many          | yes          | a turn after the soonest may be                     | each turn        |
 *
 * The delay of a gate is therefore `everyMs` at the most as long as what was learnt holds, and no more than the target
 * took (or some seconds) where it does not.
 */
export function awaitedLook(group: {
  readonly askedAt: number;
  /** When each of the targets was registered; one at least. */
  readonly registeredAt: readonly number[];
  readonly timeToHealthy: TimeToHealthy;
  /** How often to look where few bindings are busy, in milliseconds. */
  readonly everyMs: number;
  /** How many bindings that share the quota have pods on their way into service, this one among them. */
  readonly busyBindings: number;
  /** Whether other pods of the group are about to be registered. */
  readonly isMoreComing: boolean;
}): number {
  const { askedAt, registeredAt, timeToHealthy, everyMs, busyBindings, isMoreComing } = group;
  const turnMs = Math.max(everyMs, (1_000 * busyBindings) / looksPerSecond);
  const soonestMs = healthyWithin(timeToHealthy, soonest);
  const mayBeHealthyAt = registeredAt.map((since) => {
    const seenAtMs = Math.max(0, askedAt - since);
    return since + Math.min(soonestMs, 2 * seenAtMs + doubtMs);
  });
  const atLatest = Math.max(askedAt, Math.min(...mayBeHealthyAt)) + turnMs;
  if (isMoreComing && turnMs > everyMs) return atLatest;
  const allHealthyAt = Math.max(...registeredAt) + healthyWithin(timeToHealthy, lastOf(registeredAt.length));
  return Math.min(atLatest, Math.max(allHealthyAt, askedAt + Math.max(everyMs, turnMs / 2)));
}

/** The share of targets that are healthy when the last of so many is, more likely than not. */
const lastOf = (count: number): number => 1 - 1 / (2 * count + 2);
