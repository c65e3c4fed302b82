import { readFileSync } from 'node:fs';

/** The part of Jest's --json results that is counted. */
interface JestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** Files that failed before a test of theirs could run. */
  readonly numRuntimeErrorTestSuites: number;
}

/** How many tests passed and failed; a file that could not run is one failure, and so is a run without results. */
export function countTests(file: string): { passed: number; failed: number } {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8')) as JestResults;
    return {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    };
  } catch (error) {
    console.error(`no test results: ${String(error)}`);
    return { passed: 0, failed: 1 };
  }
}
