import type { End } from './end.ts';
import { momentsOf } from './moments.ts';
import type { Span } from './span.ts';

/** An end that is under way. Times are epoch milliseconds; what is not known is undefined. */
export interface EndUnderWay {
  readonly pod: string;
  readonly deregisteredAt: number | undefined;
  readonly sigtermAt: number | undefined;
  /** From when on nothing is sent to the pod. */
  readonly safeAt: number | undefined;
}

/** What people want to know of an end, now (epoch ms). */
export function underWay(end: End, now: number): EndUnderWay {
  const { sigterm, safe } = momentsOf(end, now);
  return {
    pod: end.pod.name,
    deregisteredAt: end.deregistered?.to,
    sigtermAt: known(sigterm),
    safeAt: known(safe),
  };
}

/** The API's times are known to a second, which is well enough for people. */
const known = (moment: Span | undefined): number | undefined =>
  moment && moment.to - moment.from <= 1_000 ? moment.to : undefined;
