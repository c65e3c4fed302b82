import { parseArgs } from 'node:util';
import { connect } from '@targetgate/shared/kube';
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

function refuse(message: string): void {
  process.stderr.write(`${message} (--help lists all options)\n`);
  process.exitCode = 2;
}

/** The flags; undefined where they are no good, which has been said then. */
function readFlags() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

const flags = readFlags();
if (flags) {
  const kubeconfig = flags.kubeconfig ?? process.env.KUBECONFIG;
  if (flags.help) process.stdout.write(help);
  else if (kubeconfig === undefined) refuse('--kubeconfig is missing, and KUBECONFIG is not set');
  else await serve(kubeconfig, flags['node-address']);
}
