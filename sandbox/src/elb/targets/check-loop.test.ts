import { expect, it } from '@jest/globals';
import { newHealthCheck } from '../model/health-check-settings.ts';
import type { CheckResult } from './check-result.ts';
import { startCheckLoop } from './check-loop.ts';

const settings = newHealthCheck('HTTP', { intervalSeconds: 1, timeoutSeconds: 1 });

/** The first result for an address and port that nothing listens on. */
function firstResult(checks: 'made' | 'assumed'): Promise<CheckResult> {
  return new Promise((resolve) => {
    const loop = startCheckLoop({
      target: { id: '127.0.0.1', host: '127.0.0.1', port: 1 },
      settings: () => settings,
      checks,
      random: () => 0,
      report: (result) => {
        loop.stop();
        resolve(result);
      },
    });
  });
}

it('a check that is made fails where nothing listens, and one that is assumed passes', async () => {
  expect(await firstResult('made')).toMatchObject({ passed: false });
  expect(await firstResult('assumed')).toEqual({ passed: true });
});
