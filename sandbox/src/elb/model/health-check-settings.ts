import { validationError } from '../errors.ts';
import { parseMatcher } from '../targets/matcher.ts';
import type { Protocol } from './protocol.ts';

/** A target group's health check. */
export type HealthCheckSettings = {
  /** A TCP check passes when the target accepts a connection: path and matcher have no meaning then. */
  readonly protocol: 'HTTP' | 'TCP';
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

/** ELB's defaults (AWS: CreateTargetGroup). */
const defaults = {
  path: '/',
  port: 'traffic-port',
  intervalSeconds: 30,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
} as const;

/** Those that hang on the protocol of the group, and on that of the check. */
const defaultsOf = {
  HTTP: {
    HTTP: { timeoutSeconds: 5, matcher: '200' },
    TCP: { timeoutSeconds: 5, matcher: '200' },
  },
  layer4: {
    HTTP: { timeoutSeconds: 6, matcher: '200-399' },
    TCP: { timeoutSeconds: 10, matcher: '200-399' },
  },
} as const;
const awsMinIntervalSeconds = 5;

/** The settings of a new group. Intervals that AWS would refuse get a default timeout that fits into them. */
export function newHealthCheck(group: Protocol, input: HealthCheckInput): HealthCheckSettings {
  const intervalSeconds = input.intervalSeconds ?? defaults.intervalSeconds;
  const protocol = input.protocol ?? (group === 'HTTP' ? 'HTTP' : 'TCP');
  const usual = defaultsOf[group === 'HTTP' ? 'HTTP' : 'layer4'][protocol];
  const timeoutSeconds = isQuick(intervalSeconds) ? intervalSeconds : usual.timeoutSeconds;
  return changedHealthCheck({ ...defaults, ...usual, protocol, timeoutSeconds, matches: () => false }, input);
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
    protocol: input.protocol ?? before.protocol,
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
