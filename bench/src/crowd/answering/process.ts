import { fileURLToPath } from 'node:url';
import { startProcess, type RunningProcess } from '@targetgate/sandbox/processes';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

/** Starts a process that answers on addresses of a block, and waits until it does. */
export async function startAnsweringProcess(options: {
  readonly block: string;
  readonly first: number;
  readonly count: number;
  readonly port: number;
}): Promise<RunningProcess> {
  const { block, first, count, port } = options;
  const listening = Promise.withResolvers<undefined>();
  const answering = startProcess({
    command: process.execPath,
    args: [main, block, ...[first, count, port].map(String)],
    onLine: () => listening.resolve(undefined),
  });
  const ended = answering.exited.then(() => {
    throw new Error('the pods of the crowd cannot answer; see above');
  });
  ended.catch(() => undefined);
  await Promise.race([listening.promise, ended]);
  return answering;
}
