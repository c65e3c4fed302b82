import { constants } from 'node:os';
import { startProcess } from '../processes/index.ts';
import { block, inNamespace, refusal } from './namespace.ts';

const help = `Runs a command in a network namespace of its own, where every address of ${block} can be listened on.
Nothing gets in or out.

node sandbox/src/netns/main.ts -- COMMAND...

Signals go to the command, and it ends with the command's code; with 2 where the machine does not allow it.
`;

async function run(command: readonly string[]): Promise<number> {
  const problem = await refusal(process.env);
  if (problem !== undefined) {
    process.stderr.write(`${problem}\n`);
    return 2;
  }
  const [unshare, ...args] = inNamespace(command);
  const running = startProcess({ command: unshare, args });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => running.kill(signal));
  const { code, signal } = await running.exited;
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

const [first, ...rest] = process.argv.slice(2);
const command = first === '--' ? rest : [];
if (command.length === 0) {
  process.stdout.write(help);
  process.exitCode = first === '--help' ? 0 : 2;
} else {
  process.exitCode = await run(command);
}
