// npm test: all steps, or the named ones (npm test -- unit e2e). Every step runs, whatever became of those before it
// that it does not need; the exit code is 0 only when all passed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { runStep } from './test/run-step.ts';
import { steps } from './test/steps.ts';
import { summarize, table } from './test/summary.ts';
import type { Outcome } from './test/outcome.ts';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !steps.some((step) => step.name === name));

if (unknown.length > 0) {
  console.error(
    `There is no step ${unknown.join(', ')}: the steps are ${steps.map(({ name }) => name).join(', ')}.`,
  );
  process.exitCode = 2;
} else {
  mkdirSync('report/test', { recursive: true });
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    if (names.length === 0 || names.includes(step.name)) outcomes.push(await runStep(step, outcomes));
  }
  const summary = summarize(outcomes);
  // For .ci/run, which adds the demo's result.
  writeFileSync('report/test/summary.json', JSON.stringify(summary));
  console.log(`\n${table(outcomes)}\n\n${summary.passed} passed, ${summary.failed} failed`);
  process.exitCode = summary.failed === 0 ? 0 : 1;
}
