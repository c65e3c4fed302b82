import type { DueRegistration } from './action.ts';
import type { PlanInput } from './input.ts';
import { isSomeoneStarting } from './starting.ts';

/** Registrations wait for company for this long, in milliseconds, from when the first of them was due. */
const companyMs = 10_000;

/**
 * Until when registrations that are due should wait for others to share their call (epoch ms); undefined: they should
 * not. As long as there are calls to spare, nothing waits.
 *
 * | the first was due    | pods of the binding that are still starting | they wait            |
 * | -------------------- | ------------------------------------------- | -------------------- |
 * | 10 s ago             |                                             | no                   |
 * | less than that       | none                                        | no: nobody will come |
 * | less than that       | some                                        | until 10 s are over  |
 */
export function companyUntil(
  { resolution, now }: Pick<PlanInput, 'resolution' | 'now'>,
  due: readonly DueRegistration[],
  dueSince: (uid: string) => number | undefined,
): number | undefined {
  const since = due.map(({ subject }) => dueSince(subject.uid) ?? 0);
  const until = Math.min(...since) + companyMs;
  if (until <= now) return undefined;
  return isSomeoneStarting({ resolution, now }) ? until : undefined;
}
