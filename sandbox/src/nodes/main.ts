import { Misconfigured } from '@targetgate/shared/runtime';
import { refuse } from '../command-line.ts';
import { help, readFlags } from './flags.ts';
import { startNodes, type NodesOptions } from './index.ts';

async function run(options: NodesOptions): Promise<void> {
  const nodes = await startNodes({
    ...options,
    record: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
  });
  const stop = (): void => {
    process.off('SIGTERM', stop).off('SIGINT', stop);
    void nodes.close();
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

const request = readFlags(process.argv.slice(2), process.env);
switch (request.is) {
  case 'help':
    process.stdout.write(help);
    break;
  case 'mistake':
    refuse(request.message);
    break;
  case 'run':
    try {
      await run(request.options);
    } catch (error) {
      if (!(error instanceof Misconfigured)) throw error;
      refuse(error);
    }
}
