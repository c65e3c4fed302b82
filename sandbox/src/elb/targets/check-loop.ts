import { setTimeout as sleep } from 'node:timers/promises';
import type { HealthCheckSettings } from '../model/health-check-settings.ts';
import type { Random } from '../random.ts';
import type { CheckResult } from './check-result.ts';
import { makeHealthCheck } from './health-check.ts';
import { makeTcpCheck } from './tcp-check.ts';
import type { TargetAddress } from './target-address.ts';

const passed: CheckResult = { passed: true };

/** Health checks of one target, again and again. */
export type CheckLoop = { stop(): void };

/**
 * Checks the target once per interval, beginning at a random phase of the first one: a real load balancer's
 * checks keep a rhythm of their own that no registration waits for or resets. Settings are read anew each time.
 */
export function startCheckLoop(options: {
  target: TargetAddress;
  settings: () => HealthCheckSettings;
  /** `assumed`: each one passes without being made. */
  checks: 'made' | 'assumed';
  random: Random;
  report: (result: CheckResult) => void;
}): CheckLoop {
  const { target, settings, checks, report } = options;
  const stopping = new AbortController();
  const { signal } = stopping;

  function check(): Promise<CheckResult> {
    const { protocol, path, port, timeoutSeconds, matches } = settings();
    const request = {
      host: target.host,
      port: port === 'traffic-port' ? target.port : port,
      path,
      timeoutMs: timeoutSeconds * 1000,
      matches,
    };
    return (protocol === 'TCP' ? makeTcpCheck : makeHealthCheck)(request, signal);
  }

  async function run(): Promise<void> {
    let due = Date.now() + options.random() * settings().intervalSeconds * 1000;
    while (!signal.aborted) {
      await sleep(due - Date.now(), undefined, { signal });
      const result = checks === 'made' ? await check() : passed;
      signal.throwIfAborted();
      report(result);
      due = Math.max(due + settings().intervalSeconds * 1000, Date.now());
    }
  }

  run().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return { stop: () => stopping.abort() };
}
