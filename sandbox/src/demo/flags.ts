import { parseArgs } from 'node:util';
import { namespaceLabels } from './app.ts';
import { settings } from './settings.ts';

const [shortestLag, longestLag] = settings.routingLagSeconds;

export const help = `Shows what two labels of a namespace are for: the same rolling update under load, without and with them.

  npm run demo [-- flags]

A real control plane, ELBv2 API, load balancers and pods run as processes on this machine, on loopback addresses.
An app with ${settings.replicas} pods is updated twice while ${settings.requestsPerSecond} requests a second pass its load balancer, ${settings.slowShare * 100} % of which take
${settings.slowSeconds} s. The app has no preStop hook and ends at once on SIGTERM, and the load balancer goes on sending to a target for
${shortestLag} to ${longestLag} s after its deregistration. First its namespace has no label, then it has these, and nothing else is different:

${Object.entries(namespaceLabels)
  .map(([key, value]) => `  ${key}: ${value}`)
  .join('\n')}

On a terminal both are shown as they happen; elsewhere each step is a line. At the end comes a comparison.

  --keep   leave everything running afterwards, and say how to look at it; Ctrl-C ends it
  --help   this text

Leaves report/demo.html, a page with both timelines, and report/demo.json with all that was measured.

It takes about two minutes. Exit code 0: no request failed with the labels, and some did without them;
1: anything else. Ctrl-C ends it at any time, and everything that it started.
`;

/** What the command line asks for. */
export type Wish =
  | { readonly is: 'help' }
  | { readonly is: 'mistake'; readonly message: string }
  | { readonly is: 'run'; readonly keep: boolean };

/** Reads the command line. */
export function readFlags(args: readonly string[]): Wish {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({ args: [...args], options: { keep: flag, help: flag } });
    return values.help ? { is: 'help' } : { is: 'run', keep: values.keep };
  } catch (error) {
    return { is: 'mistake', message: error instanceof Error ? error.message : String(error) };
  }
}
