import { validationError } from '../errors.ts';
import { parseMatcher } from '../targets/matcher.ts';

/** A target group's health check. */
export type HealthCheckSettings = {
  readonly path: string;
  readonly port: number | 'traffic-port';
  /** AWS takes 5-300; the simulator takes 1-300, so that tests can be quick. */
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  /** Passing checks in a row that bring an unhealthy target back. */
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** The codes that count as healthy, as the user wrote them. */
  readonly matcher: string;
  /** The matcher, read. */
  readonly matches: (code: number) => boolean;
};

/** The settings that a call may give; what is left out keeps its former value. */
export type HealthCheckInput = {
  [K in keyof Omit<HealthCheckSettings, 'matches'>]?: HealthCheckSettings[K] | undefined;
};

/** ELB's defaults for ip targets over HTTP (AWS: "Health checks for Application Load Balancer target groups"). */
const defaults = {
  path: '/',
  port: 'traffic-port',
  intervalSeconds: 30,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  matcher: '200',
} as const;
const defaultTimeoutSeconds = 5;
const awsMinIntervalSeconds = 5;

/** The settings of a new group. Intervals that AWS would refuse get a default timeout that fits into them. */
export function newHealthCheck(input: HealthCheckInput): HealthCheckSettings {
  const intervalSeconds = input.intervalSeconds ?? defaults.intervalSeconds;
  const timeoutSeconds = isQuick(intervalSeconds) ? intervalSeconds : defaultTimeoutSeconds;
  return changedHealthCheck({ ...defaults, timeoutSeconds, matches: () => false }, input);
}

/**
 * The settings after a change.
 * @throws ElbError ValidationError: a malformed matcher, or a timeout that does not fit into the interval.
 */
export function changedHealthCheck(
  before: HealthCheckSettings,
  input: HealthCheckInput,
): HealthCheckSettings {
  const matcher = input.matcher ?? before.matcher;
  const matches = parseMatcher(matcher);
  if (!matches)
    throw validationError(`Health check matcher HTTP code '${matcher}' must be within '200-499' inclusive`);
  const after: HealthCheckSettings = {
    path: input.path ?? before.path,
    port: input.port ?? before.port,
    intervalSeconds: input.intervalSeconds ?? before.intervalSeconds,
    timeoutSeconds: input.timeoutSeconds ?? before.timeoutSeconds,
    healthyThreshold: input.healthyThreshold ?? before.healthyThreshold,
    unhealthyThreshold: input.unhealthyThreshold ?? before.unhealthyThreshold,
    matcher,
    matches,
  };
  if (!fits(after)) throw validationError('Health check interval must be greater than the timeout.');
  return after;
}

/** Whether two checks are the same; the matcher's text stands for what was read from it. */
export const sameCheck = (one: HealthCheckSettings, other: HealthCheckSettings): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const isQuick = (intervalSeconds: number): boolean => intervalSeconds < awsMinIntervalSeconds;

/** AWS wants the interval greater than the timeout; below its own range they may be equal (1 s and 1 s). */
function fits({ timeoutSeconds, intervalSeconds }: HealthCheckSettings): boolean {
  return timeoutSeconds < intervalSeconds || (isQuick(intervalSeconds) && timeoutSeconds === intervalSeconds);
}
