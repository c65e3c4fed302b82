import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { refusal } from './namespace.ts';

/** Runs the launcher, and gives what became of it. */
function launch(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const main = join(import.meta.dirname, 'main.ts');
  return new Promise((resolve) =>
    execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    ),
  );
}

/** Listens on an address, asks itself, and tries to get out. */
const program = `
  import { once } from 'node:events';
  import { connect, createServer } from 'node:net';
  const server = createServer((socket) => socket.end('hello')).listen(8080, '10.64.200.7');
  await once(server, 'listening');
  const [word] = await once(connect(8080, '10.64.200.7'), 'data');
  const out = await once(connect(80, '192.0.2.1'), 'connect').catch(({ code }) => code);
  console.log(String(word), out);
  process.exit(3);
`;

// Containers often forbid namespaces; where they do, the sandbox has loopback addresses only.
const itWherePossible = (await refusal(process.env)) === undefined ? it : it.skip;

describe('the launcher', () => {
  itWherePossible('gives a command addresses of its own and no way out, and ends with its code', async () => {
    const result = await launch(['--', process.execPath, '--input-type=module', '-e', program]);
    expect(result).toEqual({ code: 3, stdout: 'hello ENETUNREACH\n', stderr: '' });
  });

  it('says in one sentence why a machine does not allow it', async () => {
    const { code, stderr } = await launch(['--', 'true'], { PATH: '/nowhere' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^this machine gives no network namespace of its own \(.+\): .*unshare.*\n$/);
  });

  it('helps who gives it no command', async () => {
    const { code, stdout } = await launch([]);
    expect([code, stdout]).toEqual([2, expect.stringContaining('main.ts -- COMMAND...')]);
  });
});
