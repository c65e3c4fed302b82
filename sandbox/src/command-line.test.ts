import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** Runs a main.ts of the sandbox to its end. */
function run(main: string, ...args: string[]) {
  const file = join(import.meta.dirname, main, 'main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    env: {},
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

/** One line of complaint, code 2, and nothing else. */
const refusal = (pattern: string) => ({
  status: 2,
  stdout: '',
  stderr: expect.stringMatching(new RegExp(String.raw`^.*${pattern}.* \(--help lists all flags\)\n$`)),
});

const programs = ['control-plane', 'demo', 'elb', 'nodes', 'services', 'traffic'];

describe('a program of the sandbox', () => {
  it.each(programs)(
    'refuses a flag that it does not know: %s',
    (main) => {
      expect(run(main, '--colour')).toEqual(refusal('--colour'));
    },
    30_000,
  );

  it.each([
    ['traffic', ['--url', 'https://127.0.0.1/'], '--url: not plain http: https://127.0.0.1/'],
    ['control-plane', ['--service-range', 'foo'], '--service-range: "foo" is not a block of IPv4 addresses'],
    ['elb', ['--port', 'http'], '--port: not a number: http'],
    ['services', [], '--kubeconfig is missing'],
    ['services', ['--kubeconfig', 'missing'], 'cannot read the kubeconfig missing'],
    ['nodes', ['--kubeconfig', 'missing', '--directory', 'none'], 'cannot read the kubeconfig missing'],
  ])(
    'says in one line what is wrong: %s %j',
    (main, args, message) => {
      expect(run(main, ...args)).toEqual(refusal(message));
    },
    30_000,
  );
});
