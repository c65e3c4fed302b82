import { spawn } from 'node:child_process';
import { SetupProblem } from './problem.mjs';

/**
 * Runs one command of the set-up and shows its progress on one line: the seconds so far on a terminal, the seconds
 * it took elsewhere. Its output is shown only when it fails. A signal to us goes on to it, so that it ends first.
 */
export async function step(title, command, args, options) {
  const progress = startProgress(title);
  const { output, failure } = await run(command, args, options);
  progress.end(failure ? 'failed after ' : '');
  if (!failure) return;
  process.stderr.write(output);
  throw new SetupProblem(`Set-up: "${command} ${args[0]}" ${failure}; what it said is above.`);
}

/** Opens the line of a step; its end says how long it took. */
function startProgress(title) {
  const started = Date.now();
  const { stdout } = process;
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  stdout.write(`${title} ... `);
  const redraw = (verdict) => stdout.write(`${stdout.isTTY ? `\r${title} ... ` : ''}${verdict}${seconds()}`);
  const ticking = stdout.isTTY ? setInterval(() => redraw(''), 1000) : undefined;
  return {
    end(verdict) {
      clearInterval(ticking);
      redraw(verdict);
      stdout.write('\n');
    },
  };
}

/** Runs a command to its end and gives all that it said, and how it failed if it did. */
function run(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM'];
    for (const signal of signals) process.on(signal, pass);
    const said = [];
    child.stdout.on('data', (chunk) => said.push(chunk));
    child.stderr.on('data', (chunk) => said.push(chunk));
    const finish = (failure) => {
      for (const signal of signals) process.off(signal, pass);
      resolve({ output: Buffer.concat(said), failure });
    };
    child.on('error', (error) => finish(`could not be run (${error.message})`));
    child.on('close', (code, signal) => {
      finish(code === 0 ? undefined : signal ? `was ended by ${signal}` : `ended with code ${code}`);
    });
  });
}
