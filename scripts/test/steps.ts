import { refusal } from '../../sandbox/src/netns/namespace.ts';

/** One step of `npm test`. */
export interface Step {
  readonly name: string;
  readonly heading: string;
  /** Each runs, also after one that failed; the step passes when all do. */
  readonly commands: readonly (readonly [program: string, ...args: string[]])[];
  /** Jest's results as JSON, where the tests are counted; without it the step counts as one. */
  readonly results?: string;
  /** A step that must not have failed before it. */
  readonly needs?: string;
  /** Why this machine cannot run it, in a sentence; undefined where it can. */
  readonly refusal?: () => Promise<string | undefined>;
}

const jest = (results: string, ...args: string[]): readonly [string, ...string[]] => [
  'node',
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  '--json',
  `--outputFile=${results}`,
  ...args,
];

/** In a network namespace of its own. */
const isolated = (command: readonly [string, ...string[]]): readonly [string, ...string[]] => [
  'node',
  'sandbox/src/netns/main.ts',
  '--',
  ...command,
];

const unitResults = 'report/test/unit.json';
const e2eResults = 'report/test/e2e.json';
const isolatedResults = 'report/test/e2e-netns.json';

/** In the order in which they run: what fails fastest first. */
export const steps: readonly Step[] = [
  {
    name: 'lint',
    heading: 'ESLint and Prettier',
    commands: [
      ['eslint', '.'],
      ['prettier', '--check', '.'],
    ],
  },
  { name: 'types', heading: 'TypeScript', commands: [['tsc', '-p', 'tsconfig.json']] },
  { name: 'dead-code', heading: 'Unused files, exports and dependencies', commands: [['knip']] },
  { name: 'unit', heading: 'Unit tests', commands: [jest(unitResults)], results: unitResults },
  { name: 'build', heading: 'Bundles', commands: [['node', 'scripts/build.ts']] },
  {
    name: 'e2e',
    heading: 'End-to-end tests',
    commands: [
      ['rm', '-rf', 'report/test/calls'],
      jest(e2eResults, '--config=e2e/jest.config.js', '--maxWorkers=2'),
    ],
    results: e2eResults,
    needs: 'build',
  },
  {
    name: 'e2e-netns',
    heading: 'End-to-end tests that need addresses of their own',
    commands: [
      isolated(jest(isolatedResults, '--config=e2e/private-addresses/jest.config.js', '--runInBand')),
    ],
    results: isolatedResults,
    needs: 'build',
    refusal: () => refusal(process.env),
  },
  {
    name: 'rights',
    heading: 'What the end-to-end tests have called, beside what the manifests allow',
    commands: [['node', 'scripts/least-privilege.ts']],
    needs: 'e2e',
  },
];
