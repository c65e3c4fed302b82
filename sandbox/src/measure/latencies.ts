import type { Moment, PodTimeline } from './pod-timeline.ts';
import { spreadOf, type Spread } from './spread.ts';

/** The latencies that targetgate answers for; undefined where no pod has both moments. */
export interface Latencies {
  /** From ContainersReady in the API to the RegisterTargets call. */
  readonly register: Spread | undefined;
  /** From the target being healthy in ELB to the gate's condition being True in the API. */
  readonly gate: Spread | undefined;
  /** From the deletionTimestamp to the DeregisterTargets call. */
  readonly deregister: Spread | undefined;
  /** From the DeregisterTargets call to SIGTERM; less than nothing where SIGTERM came first. */
  readonly sigterm: Spread | undefined;
}

/** The latencies of all steps that begin at `since` (epoch milliseconds) or later. */
export function latenciesOf(pods: readonly PodTimeline[], since: number): Latencies {
  const between = (from: Moment, to: Moment): Spread | undefined =>
    spreadOf(
      pods.flatMap(({ at }) => {
        const [begin, end] = [at[from], at[to]];
        return begin === undefined || end === undefined || begin < since ? [] : [end - begin];
      }),
    );
  return {
    register: between('containersReady', 'registered'),
    gate: between('healthy', 'gateOpen'),
    deregister: between('deleted', 'deregistered'),
    sigterm: between('deregistered', 'sigterm'),
  };
}
