import type { TrafficEvent, TrafficTotals } from '../traffic/index.ts';
import type { TrafficRecord } from './event.ts';
import { startPartUntil } from './part.ts';

/** Traffic to start. */
export interface TrafficRequest {
  /** Names it in the journal, and its log file. */
  readonly name: string;
  readonly url: string;
  /** Requests a second (default 200). */
  readonly rate?: number;
  /** Keep-alive connections (default 20); 0 for a new one each time. */
  readonly connections?: number;
  /** The share of requests that ask for /slow, which the sandbox's app answers after 2 s (default 0). */
  readonly slowShare?: number;
}

/** A process that sends requests. */
export interface RunningTraffic {
  /** Sends no more, and gives the sums of the whole run when the last answer is there. */
  stop(): Promise<TrafficTotals>;
}

type Line = TrafficEvent | ({ readonly kind: 'traffic-totals' } & TrafficTotals);

/** A request waits 30 s at most; the process ends soon after the last one. */
const graceMs = 35_000;

/**
 * Starts the load generator as a process of its own, so that nothing that this process does slows it down, and waits
 * until it has its first answers.
 */
export async function startTrafficProcess(
  { name, url, rate = 200, connections = 20, slowShare = 0 }: TrafficRequest,
  world: {
    readonly directory: string;
    readonly record: (event: TrafficRecord) => void;
    readonly onBroken: (error: Error) => void;
    /** Ends the wait for its first answers. */
    readonly signal: AbortSignal;
  },
): Promise<RunningTraffic> {
  let totals: TrafficTotals | undefined;
  const part = await startPartUntil<Line, 'traffic'>({
    name: `traffic-${name}`,
    main: 'traffic/main.ts',
    args: [
      ...['--url', url],
      ...['--rate', String(rate)],
      ...['--connections', String(connections)],
      ...['--slow-share', String(slowShare)],
    ],
    directory: world.directory,
    onEvent: (line) => {
      if (line.kind === 'traffic-totals') totals = totalsOf(line);
      else world.record({ ...line, traffic: name });
    },
    onBroken: world.onBroken,
    ready: 'traffic',
    signal: world.signal,
  });
  return {
    stop: async () => {
      await part.stop({ graceMs });
      if (totals === undefined) throw new Error(`the traffic ${name} ended without telling its totals`);
      return totals;
    },
  };
}

const totalsOf = ({ requests, failed, byStatus, p50, p99 }: TrafficTotals): TrafficTotals => ({
  requests,
  failed,
  byStatus,
  p50,
  p99,
});
