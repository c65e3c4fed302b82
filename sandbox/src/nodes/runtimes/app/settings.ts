/** How an app behaves. Times in milliseconds. */
export interface AppSettings {
  /** START_MS: from the container's start until it listens. */
  readonly startMs: number;
  /** RESPONSE_MS: what it takes to answer a request, health checks excepted. */
  readonly responseMs: number;
  /** SLOW_MS: what it takes to answer a request for /slow, in the place of RESPONSE_MS; 2 s, unless given. */
  readonly slowMs: number;
  /** UNHEALTHY=1: /healthz answers 503. */
  readonly healthy: boolean;
  /**
   * SHUTDOWN=graceful: on SIGTERM it stops listening, finishes what is in flight, and ends with code 0. Otherwise it
   * ends at once and breaks off all connections, as a program without a SIGTERM handler does.
   */
  readonly graceful: boolean;
  /** KEEP_ALIVE_MS: how long an idle connection is kept; node:http's default is 5 s. */
  readonly keepAliveMs: number;
  /** FAIL_AFTER_MS: it crashes (exit code 1) this long after its start; undefined for never. */
  readonly failAfterMs: number | undefined;
}

/**
 * Reads an app's settings from its environment.
 *
 * @throws Error where a value is not one of those above; the container then fails to start.
 */
export function appSettings(environment: Readonly<Record<string, string>>): AppSettings {
  const ms = (name: string): number | undefined => {
    const text = environment[name];
    if (text === undefined || text === '') return undefined;
    if (!/^\d+$/.test(text)) throw new Error(`${name} is "${text}", not a number of milliseconds`);
    return Number(text);
  };
  const shutdown = environment.SHUTDOWN ?? 'abrupt';
  if (shutdown !== 'graceful' && shutdown !== 'abrupt') {
    throw new Error(`SHUTDOWN is "${shutdown}", neither graceful nor abrupt`);
  }
  return {
    startMs: ms('START_MS') ?? 0,
    responseMs: ms('RESPONSE_MS') ?? 0,
    slowMs: ms('SLOW_MS') ?? 2000,
    healthy: environment.UNHEALTHY !== '1',
    graceful: shutdown === 'graceful',
    keepAliveMs: ms('KEEP_ALIVE_MS') ?? 5000,
    failAfterMs: ms('FAIL_AFTER_MS'),
  };
}
