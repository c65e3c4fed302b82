import { connect } from 'node:net';
import type { CheckResult } from './check-result.ts';

/** Makes one TCP check: it passes when the target accepts a connection in time. Rejects only when aborted. */
export function makeTcpCheck(
  { host, port, timeoutMs }: { readonly host: string; readonly port: number; readonly timeoutMs: number },
  signal: AbortSignal,
): Promise<CheckResult> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal });
    const settle = (result: CheckResult): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => settle({ passed: false, reason: 'Target.Timeout' }), timeoutMs);
    socket.once('connect', () => settle({ passed: true }));
    socket.once('error', (error) => {
      if (signal.aborted) reject(error);
      settle({ passed: false, reason: 'Target.FailedHealthChecks' });
    });
  });
}
