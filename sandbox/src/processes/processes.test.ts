import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startProcess } from './index.ts';
import { startTime } from './start-time.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

const runs = (pid: number): boolean => {
  try {
    // A process that has ended but that nobody has waited for yet (Z) does not run.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

/** Waits, 5 s at most, until a process has ended; the answer says whether it did. */
async function ended(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 500 && runs(pid); attempt += 1) await sleep(10);
  return !runs(pid);
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'processes-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a started process', () => {
  it('has the pid of the program itself, and an empty standard input', async () => {
    const lines: string[] = [];
    const program = 'console.log(process.pid); process.stdin.resume().on("end", () => console.log("end"))';
    const node = startProcess({
      command: process.execPath,
      args: ['-e', program],
      onLine: (line) => lines.push(line),
    });
    expect(await node.exited).toEqual({ code: 0, signal: null });
    expect(lines).toEqual([String(node.pid), 'end']);
  });

  it('gives each line of its output, the last one without a newline too, before its end is told', async () => {
    const lines: string[] = [];
    const script = 'echo one; echo two; printf three; exit 7';
    const shell = startProcess({ command: 'sh', args: ['-c', script], onLine: (line) => lines.push(line) });
    expect(await shell.exited).toEqual({ code: 7, signal: null });
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  it('appends both outputs to its log file', async () => {
    const logFile = join(folder, 'log');
    for (const word of ['first', 'second']) {
      await startProcess({ command: 'sh', args: ['-c', `echo ${word}; echo "${word} error" >&2`], logFile })
        .exited;
    }
    expect(readFileSync(logFile, 'utf8')).toBe('first\nfirst error\nsecond\nsecond error\n');
  });

  it('runs in the folder and with nothing but the environment that it is given', async () => {
    const lines: string[] = [];
    const script = 'pwd; echo "$COLOUR-$HOME"';
    const env = { COLOUR: 'green' };
    await startProcess({
      command: '/bin/sh',
      args: ['-c', script],
      env,
      cwd: folder,
      onLine: (l) => lines.push(l),
    }).exited;
    expect(lines).toEqual([folder, 'green-']);
  });

  it('ends with code 127 when there is no such command', async () => {
    const missing = startProcess({ command: 'no-such-command', logFile: join(folder, 'log') });
    expect(await missing.exited).toEqual({ code: 127, signal: null });
  });

  it('is refused when its folder does not exist', () => {
    expect(() => startProcess({ command: 'true', cwd: join(folder, 'missing') })).toThrow(
      /cannot start true in/,
    );
  });
});

describe('stop', () => {
  it('lets a program end in its own way', async () => {
    const started = Promise.withResolvers<unknown>();
    const script = 'trap "exit 3" TERM; echo ready; while :; do sleep 0.01; done';
    const shell = startProcess({ command: 'sh', args: ['-c', script], onLine: started.resolve });
    await started.promise;
    expect(await shell.stop()).toEqual({ code: 3, signal: null });
  });

  it('kills a program that does not end within the grace', async () => {
    const started = Promise.withResolvers<unknown>();
    const script = 'trap "" TERM; echo ready; while :; do sleep 0.01; done';
    const shell = startProcess({ command: 'sh', args: ['-c', script], onLine: started.resolve });
    await started.promise;
    expect(await shell.stop({ graceMs: 50 })).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('gives the end of a program that had ended before', async () => {
    const done = startProcess({ command: 'true' });
    await done.exited;
    expect(await done.stop()).toEqual({ code: 0, signal: null });
  });
});

describe('a child', () => {
  it("does not survive its parent's SIGKILL, nor do children of the child", async () => {
    const parentScript = `
      import { startProcess } from ${JSON.stringify(join(here, 'index.ts'))};
      startProcess({ command: 'sh', args: ['-c', 'sleep 60 & echo $$ $!; wait'], onLine: (line) => console.log(line) });`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', parentScript], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const pids = line.split(' ').map(Number);
    expect(pids.map(runs)).toEqual([true, true]);
    parent.kill('SIGKILL');
    expect(await Promise.all(pids.map(ended))).toEqual([true, true]);
  });
});

describe('the guard', () => {
  const guard = (pid: number, start: string): ReturnType<typeof spawn> =>
    spawn('/bin/sh', [join(here, 'guard.sh'), String(pid), start], { stdio: ['pipe', 'ignore', 'inherit'] });

  it.each([
    { fact: 'kills the process when its parent is gone', reused: false, last: '', survives: false },
    { fact: 'leaves alone a process that only has the same pid', reused: true, last: '', survives: true },
    {
      fact: 'goes home when told that the process has ended',
      reused: false,
      last: 'ended\n',
      survives: true,
    },
  ])('$fact', async ({ reused, last, survives }) => {
    const bystander = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    const pid = bystander.pid ?? 0;
    const end = once(bystander, 'exit');
    const sentry = guard(pid, reused ? '1' : startTime(pid));
    sentry.stdin?.end(last);
    await once(sentry, 'exit');
    if (survives) {
      expect(runs(pid)).toBe(true);
      bystander.kill('SIGTERM');
    }
    expect(await end).toEqual([null, survives ? 'SIGTERM' : 'SIGKILL']);
  });
});
