import type { WorldEvent } from '../../world/index.ts';
import { isOk } from './request-rate.ts';

/** How the requests of one traffic process go right now. */
export interface Pulse {
  /** Answers within the last whole second. */
  readonly perSecond: number;
  readonly answered: number;
  readonly failed: number;
}

/** Follows the requests of a traffic process. */
export function followPulse(traffic: string): {
  readonly see: (event: WorldEvent) => void;
  readonly pulse: () => Pulse;
} {
  const recent: { readonly at: number; readonly count: number }[] = [];
  let [answered, failed] = [0, 0];
  return {
    see: (event) => {
      if (event.kind !== 'traffic' || event.traffic !== traffic) return;
      let count = 0;
      for (const [status, ended] of Object.entries(event.counts)) {
        count += ended;
        if (isOk(status)) answered += ended;
        else failed += ended;
      }
      recent.push({ at: event.at, count });
      while ((recent[0]?.at ?? Infinity) <= event.at - 1000) recent.shift();
    },
    pulse: () => ({ perSecond: recent.reduce((sum, { count }) => sum + count, 0), answered, failed }),
  };
}
