import http from 'node:http';
import type { CheckResult } from './check-result.ts';

/** One HTTP health check to be made. */
export type HealthCheck = {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly timeoutMs: number;
  /** Whether a status code counts as healthy. */
  readonly matches: (code: number) => boolean;
};

/**
 * Makes one check on a connection of its own, as ELB does. It passes when a whole answer with a matching code
 * came in time. Rejects only when the signal is aborted.
 */
export function makeHealthCheck(check: HealthCheck, signal: AbortSignal): Promise<CheckResult> {
  return new Promise((resolve, reject) => {
    let timedOut = false;
    const { host, port, path } = check;
    const headers = { 'user-agent': 'ELB-HealthChecker/2.0' };
    const request = http.get({ host, port, path, headers, agent: false, signal });
    const timer = setTimeout(() => {
      timedOut = true;
      request.destroy(new Error('health check timed out'));
    }, check.timeoutMs);

    function fail(error: Error): void {
      clearTimeout(timer);
      if (signal.aborted) reject(error);
      else resolve({ passed: false, reason: timedOut ? 'Target.Timeout' : 'Target.FailedHealthChecks' });
    }

    request.once('error', fail);
    request.once('response', (response) => {
      const code = response.statusCode ?? 0;
      response.once('error', fail);
      response.once('end', () => {
        clearTimeout(timer);
        resolve(
          check.matches(code)
            ? { passed: true }
            : { passed: false, reason: 'Target.ResponseCodeMismatch', code },
        );
      });
      response.resume();
    });
  });
}
