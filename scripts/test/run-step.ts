import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { countTests } from './count-tests.ts';
import type { Outcome } from './outcome.ts';
import type { Step } from './steps.ts';

/**
 * Runs a step, its output shown live, unless one that it needs has failed: then it counts as failed itself. One that
 * this machine cannot run counts as nothing, and says so.
 */
export async function runStep(step: Step, before: readonly Outcome[]): Promise<Outcome> {
  const { name, heading, commands, results, needs } = step;
  console.log(`\n== ${name}: ${heading}`);
  if (before.some((outcome) => outcome.name === needs && outcome.result !== 'passed')) {
    console.log(`skipped, as ${String(needs)} failed`);
    return { name, result: 'skipped', passed: 0, failed: 1, seconds: 0 };
  }
  const refusal = await step.refusal?.();
  if (refusal !== undefined) {
    console.log(`skipped: ${refusal}`);
    return { name, result: 'skipped', passed: 0, failed: 0, seconds: 0 };
  }
  // An old file must not pass for the results of a run that wrote none.
  if (results !== undefined) rmSync(results, { force: true });
  const started = performance.now();
  let allPassed = true;
  for (const command of commands) allPassed = (await succeeds(command)) && allPassed;
  const seconds = (performance.now() - started) / 1000;
  const counts =
    results === undefined ? { passed: allPassed ? 1 : 0, failed: allPassed ? 0 : 1 } : countTests(results);
  const failed = allPassed ? counts.failed : Math.max(1, counts.failed);
  const result = failed === 0 ? 'passed' : 'failed';
  console.log(`== ${name}: ${result} in ${seconds.toFixed(1)} s`);
  return { name, result, passed: counts.passed, failed, seconds };
}

/** Whether a command, found on the PATH that npm sets, ends with code 0. */
async function succeeds([program, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  const child = spawn(program, args, { stdio: 'inherit' });
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code === 0;
  } catch (error) {
    console.error(`cannot run ${program}: ${String(error)}`);
    return false;
  }
}
