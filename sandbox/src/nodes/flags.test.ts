import { describe, expect, it } from '@jest/globals';
import { readFlags } from './flags.ts';

const least = ['--kubeconfig', 'admin', '--directory', 'var'];

describe('the command line', () => {
  it('has defaults for all but the kubeconfig and the directory', () => {
    expect(readFlags(['--directory', 'var'], { KUBECONFIG: 'admin' })).toEqual({
      is: 'run',
      options: {
        kubeconfig: 'admin',
        directory: 'var',
        count: 2,
        nodeRange: '127.32.0.0/24',
        podRange: '127.64.0.0/16',
        reuseAddresses: 'last',
        startDelayMs: [350, 600],
        firstRestartMs: 500,
        programs: {},
        programEnv: {},
      },
    });
  });

  it('says which command an image runs, and what environment all programs get', () => {
    const args = ['--program', 'ghcr.io/a/syncer=node syncer/dist/main.js', '--program-env', 'AWS_REGION'];
    expect(
      readFlags([...least, ...args, '--program-env', 'A=b=c'], { AWS_REGION: 'us-east-1' }),
    ).toMatchObject({
      options: {
        programs: { 'ghcr.io/a/syncer': ['node', 'syncer/dist/main.js'] },
        programEnv: { AWS_REGION: 'us-east-1', A: 'b=c' },
      },
    });
  });

  it.each([
    [['--directory', 'var'], '--kubeconfig is missing'],
    [['--kubeconfig', 'admin'], '--directory is missing'],
    [[...least, '--nodes', '0'], '--nodes is "0"'],
    [[...least, '--reuse-addresses', 'never'], '--reuse-addresses is "never"'],
    [[...least, '--start-delay', '1s'], '--start-delay is "1s"'],
    [[...least, '--program', 'image'], '--program is "image"'],
    [[...least, '--program-env', 'NO_SUCH'], '--program-env NO_SUCH'],
    [[...least, '--colour'], '--colour'],
  ])('of %j is refused', (args, message) => {
    expect(readFlags(args, {})).toMatchObject({ is: 'mistake', message: expect.stringContaining(message) });
  });

  it('gives help when asked, whatever else is there', () => {
    expect(readFlags(['--help'], {})).toEqual({ is: 'help' });
  });
});
