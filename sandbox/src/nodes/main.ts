import { help, readFlags } from './flags.ts';
import { startNodes } from './index.ts';

const request = readFlags(process.argv.slice(2), process.env);
switch (request.is) {
  case 'help':
    process.stdout.write(help);
    break;
  case 'mistake':
    process.stderr.write(`${request.message} (--help lists all options)\n`);
    process.exitCode = 2;
    break;
  case 'run': {
    const nodes = await startNodes({
      ...request.options,
      record: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
    });
    const stop = (): void => {
      process.off('SIGTERM', stop).off('SIGINT', stop);
      void nodes.close();
    };
    process.on('SIGTERM', stop).on('SIGINT', stop);
  }
}
