import { parseArgs } from 'node:util';
import { connect } from '@targetgate/shared/kube';
import { Misconfigured } from '@targetgate/shared/runtime';
import { readCommandLine, refuse } from '../command-line.ts';
import { startServices } from './index.ts';

const help = `Serves the services of a cluster: listens on clusterIP:port and nodeIP:nodePort, and forwards to ready pods.

node sandbox/src/services/main.ts [options]

  --kubeconfig FILE        default: $KUBECONFIG
  --node-address ADDRESS   where node ports are opened; may be repeated (default: the InternalIP of each Node)
  --help

Events are printed as JSON, one a line. SIGTERM or SIGINT ends it.
`;

const options = {
  kubeconfig: { type: 'string' },
  'node-address': { type: 'string', multiple: true },
  help: { type: 'boolean', default: false },
} as const;

async function serve(kubeconfig: string, nodeAddresses: string[] | undefined): Promise<void> {
  const client = connect({ kubeconfig });
  const services = await startServices({
    client,
    ...(nodeAddresses && { nodeAddresses }),
    record: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
  });
  const stop = (): void => {
    process.off('SIGTERM', stop).off('SIGINT', stop);
    void services.close().then(() => client.close());
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

const flags = readCommandLine(() => parseArgs({ options }).values);
if (flags?.help) process.stdout.write(help);
else if (flags) {
  const kubeconfig = flags.kubeconfig ?? process.env.KUBECONFIG;
  try {
    if (kubeconfig === undefined)
      throw new Misconfigured('--kubeconfig is missing, and KUBECONFIG is not set');
    await serve(kubeconfig, flags['node-address']);
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    refuse(error);
  }
}
