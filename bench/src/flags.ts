import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lbcProgram } from '@targetgate/sandbox/lbc';
import type { Scenario } from './scenario.ts';

/** What the command line asks for. */
export type Wish =
  | { readonly is: 'help' }
  | { readonly is: 'list' }
  | { readonly is: 'run'; readonly scenarios: readonly Scenario[]; readonly lbc?: string };

export const help = `Measures targetgate in the sandbox, from outside, and compares with what is to be beaten.

  npm run bench [-- NAME ...]    the named scenarios (default: all of them, one after the other; see bench/README.md)
  npm run bench -- --lbc DIR ... measures AWS Load Balancer Controller too, right after targetgate, where a scenario can:
                                 DIR has its sources and the built program (CONTRIBUTING.md says how). It needs a
                                 network namespace: npx node sandbox/src/netns/main.ts -- node bench/src/main.ts ...
  npm run bench -- --list        what there is
  npm run bench -- --help

Prints a table, and leaves report/bench.json. Exit code 0: everything was measured, whether its goals were met or
not; 1: something could not be measured, and the others were; 2: a mistake on the command line. Ctrl-C ends it at any
time, and everything that it started.
`;

/**
 * Reads the command line.
 *
 * @throws Error on a mistake.
 */
export function readFlags(args: readonly string[], all: readonly Scenario[]): Wish {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      lbc: { type: 'string' },
    },
  });
  if (values.help) return { is: 'help' };
  if (values.list) return { is: 'list' };
  for (const name of positionals)
    if (!all.some((scenario) => scenario.name === name)) throw new Error(`there is no scenario ${name}`);
  const { lbc } = values;
  if (lbc !== undefined && !existsSync(lbcProgram(lbc)))
    throw new Error(`--lbc: there is no ${lbcProgram(lbc)}`);
  const wanted = positionals.length === 0 ? all : all.filter(({ name }) => positionals.includes(name));
  return { is: 'run', scenarios: wanted, ...(lbc !== undefined && { lbc }) };
}
