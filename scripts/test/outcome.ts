/** What became of a step. A step that is no test run counts as one test. */
export interface Outcome {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}
