import { parseArgs } from 'node:util';
import type { NodesOptions } from './options.ts';

/** What the command line asks for. */
export type Request =
  | { readonly is: 'run'; readonly options: NodesOptions }
  | { readonly is: 'help' }
  | { readonly is: 'mistake'; readonly message: string };

export const help = `Runs stand-ins for kubelets: registers nodes, binds pods to them and runs their containers.

node sandbox/src/nodes/main.ts --directory DIR [options]

  --kubeconfig FILE         an administrator's kubeconfig (default: $KUBECONFIG)
  --directory DIR           where programs' logs, kubeconfigs and tokens go
  --nodes N                 how many nodes (default 2)
  --node-range BLOCK        the nodes' addresses (default 127.32.0.0/24)
  --pod-range BLOCK         the pods' addresses (default 127.64.0.0/16)
  --reuse-addresses ORDER   a freed address is used again 'last' (default) or 'first'
  --start-delay MS-MS       how long the container runtime takes to start a pod (default 350-600)
  --first-restart MS        how long a container that ended by itself waits for its first restart (default 500)
  --program IMAGE=COMMAND   what an image (without its tag) runs; may be repeated
  --program-env NAME[=VAL]  environment of all programs; without a value, this process's own; may be repeated
  --help

Images that begin with sandbox/app run inside this process; see runtimes/app/settings.ts for their environment.
Events are printed as JSON, one a line. SIGTERM or SIGINT ends all pods, then this process.
`;

const options = {
  kubeconfig: { type: 'string' },
  directory: { type: 'string' },
  nodes: { type: 'string', default: '2' },
  'node-range': { type: 'string', default: '127.32.0.0/24' },
  'pod-range': { type: 'string', default: '127.64.0.0/16' },
  'reuse-addresses': { type: 'string', default: 'last' },
  'start-delay': { type: 'string', default: '350-600' },
  'first-restart': { type: 'string', default: '500' },
  program: { type: 'string', multiple: true, default: [] as string[] },
  'program-env': { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the command line. `env` gives KUBECONFIG, and the values of `--program-env NAME`. */
export function readFlags(args: readonly string[], env: NodeJS.ProcessEnv): Request {
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) return { is: 'help' };
    const kubeconfig = values.kubeconfig ?? env.KUBECONFIG;
    if (kubeconfig === undefined) throw new Error('--kubeconfig is missing, and KUBECONFIG is not set');
    if (values.directory === undefined) throw new Error('--directory is missing');
    const run: NodesOptions = {
      kubeconfig,
      directory: values.directory,
      count: wholeNumber('--nodes', values.nodes),
      nodeRange: values['node-range'],
      podRange: values['pod-range'],
      reuseAddresses: order(values['reuse-addresses']),
      startDelayMs: span(values['start-delay']),
      firstRestartMs: wholeNumber('--first-restart', values['first-restart']),
      programs: Object.fromEntries(values.program.map(program)),
      programEnv: Object.fromEntries(values['program-env'].map((entry) => variable(entry, env))),
    };
    return { is: 'run', options: run };
  } catch (error) {
    return { is: 'mistake', message: error instanceof Error ? error.message : String(error) };
  }
}

function wholeNumber(flag: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${flag} is "${text}", not a number above 0`);
  return Number(text);
}

function order(text: string): 'last' | 'first' {
  if (text !== 'last' && text !== 'first')
    throw new Error(`--reuse-addresses is "${text}", neither last nor first`);
  return text;
}

function span(text: string): [number, number] {
  const [, least, most] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  if (least === undefined || most === undefined)
    throw new Error(`--start-delay is "${text}", not such as 350-600`);
  return [Number(least), Number(most)];
}

function program(text: string): [image: string, command: string[]] {
  const [, image, command] = /^([^=]+)=\s*(\S.*)$/.exec(text) ?? [];
  if (image === undefined || command === undefined)
    throw new Error(`--program is "${text}", not IMAGE=COMMAND`);
  return [image, command.trim().split(/\s+/)];
}

function variable(text: string, env: NodeJS.ProcessEnv): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  const value = env[text];
  if (value === undefined) throw new Error(`--program-env ${text}: it has no value here`);
  return [text, value];
}
