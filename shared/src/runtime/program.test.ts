import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from '@jest/globals';

const parts = ['program', 'logging', 'config'].map((name) => new URL(`${name}.ts`, import.meta.url).href);
let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

interface Program {
  /** Its lines of output, so far. */
  readonly lines: readonly string[];
  readonly mistakes: () => string;
  /** Settles at the first line of output that has the word. */
  says(word: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly exitCode: Promise<number | null>;
}

/** Starts a program of a few lines, which has `run`, `configure`, a `logger` and `portSchema`. */
function start(body: string, ...args: string[]): Program {
  const source = `
    import { configure, run } from '${parts[0] ?? ''}';
    import { createLogger } from '${parts[1] ?? ''}';
    import { portSchema } from '${parts[2] ?? ''}';
    const logger = createLogger('door', 'info');
    const forever = () => setInterval(() => {}, 1000);
    ${body}`;
  const running = spawn(process.execPath, ['--input-type=module', '-e', source, '--', 'door.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = running;
  const lines: string[] = [];
  const output = createInterface({ input: running.stdout }).on('line', (line) => lines.push(line));
  let mistakes = '';
  running.stderr.on('data', (chunk: Buffer) => (mistakes += chunk.toString()));
  return {
    lines,
    mistakes: () => mistakes,
    says: (word) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (lines.some((line) => line.includes(word))) resolve();
        };
        output.on('line', look);
        look();
      }),
    kill: (signal) => running.kill(signal),
    exitCode: once(running, 'close').then(([code]) => code as number | null),
  };
}

const plain = ({ lines }: Program): string[] => lines.filter((line) => !line.startsWith('{'));

describe('a running program', () => {
  const inOrder = `
    await run(logger, async (onStop) => {
      onStop(async () => { await new Promise((done) => setTimeout(done, 20)); console.log('first stopped'); });
      onStop(() => console.log('second stopped'));
      forever();
      console.log('started');
    });`;

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'stops its parts in reverse order on %s, and exits with 0',
    async (signal) => {
      const program = start(inOrder);
      await program.says('started');
      program.kill(signal);
      expect(await program.exitCode).toBe(0);
      expect(plain(program)).toEqual(['started', 'second stopped', 'first stopped']);
      expect(program.lines.some((line) => line.includes(signal))).toBe(true);
    },
  );

  it('exits with 0 when it is told to stop while it starts, though its start then fails', async () => {
    const program = start(`
      await run(logger, async (onStop) => {
        const { promise, reject } = Promise.withResolvers();
        onStop(async () => { reject(new Error('taken away')); await new Promise((done) => setTimeout(done, 20)); });
        forever();
        console.log('starting');
        await promise;
      });`);
    await program.says('starting');
    program.kill('SIGTERM');
    expect(await program.exitCode).toBe(0);
    expect(program.mistakes()).toBe('');
  });

  it('stops what it has started and exits with 1 when its start fails', async () => {
    const program = start(`
      await run(logger, async (onStop) => {
        onStop(() => console.log('stopped'));
        throw new Error('no such door');
      });`);
    expect(await program.exitCode).toBe(1);
    expect(plain(program)).toEqual(['stopped']);
    expect(program.lines.some((line) => line.includes('no such door'))).toBe(true);
  });

  it('stops its parts and exits with 1 after an uncaught error', async () => {
    const program = start(`
      await run(logger, async (onStop) => {
        onStop(() => console.log('stopped'));
        setTimeout(() => { throw new Error('door fell off'); }, 1);
      });`);
    expect(await program.exitCode).toBe(1);
    expect(plain(program)).toEqual(['stopped']);
    expect(program.lines.some((line) => line.includes('door fell off'))).toBe(true);
  });

  it('stops the other parts when one fails to stop, says so, and exits with 1', async () => {
    const program = start(`
      await run(logger, async (onStop) => {
        onStop(() => console.log('first stopped'));
        onStop(() => { throw new Error('door is stuck'); });
        forever();
        console.log('started');
      });`);
    await program.says('started');
    program.kill('SIGTERM');
    expect(await program.exitCode).toBe(1);
    expect(plain(program)).toEqual(['started', 'first stopped']);
    expect(program.lines.some((line) => line.includes('door is stuck'))).toBe(true);
  });
});

describe('the configuration of a program', () => {
  const configured = `
    const settings = { port: { env: 'DOOR_PORT', schema: portSchema, default: '1', about: 'port' } };
    console.log(configure({ program: 'door', about: 'Opens a door.', settings }).port);`;

  it.each([
    ['is read from its flags', ['--port=5'], 0, ['5'], ''],
    [
      'ends it with 2 after a line per mistake',
      ['--port=x', '--knock'],
      2,
      [],
      'door: unknown flag --knock (see door --help)\ndoor: --port (or DOOR_PORT): must be a port number, 0 to 65535 (it is "x")\n',
    ],
  ])('%s', async (_, args, code, output, mistakes) => {
    const program = start(configured, ...args);
    expect(await program.exitCode).toBe(code);
    expect([plain(program), program.mistakes()]).toEqual([output, mistakes]);
  });

  it('ends it with 0 after its help', async () => {
    const program = start(configured, '--help');
    expect(await program.exitCode).toBe(0);
    expect(plain(program)[0]).toBe('Opens a door.');
  });
});
