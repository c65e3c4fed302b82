import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from '@targetgate/sandbox/command-line';
import { tableLines } from '@targetgate/sandbox/table';
import { ensureBundles, privateAddresses } from '@targetgate/sandbox/world';
import { help, readFlags, type Wish } from './flags.ts';
import { thisMachine, type Machine } from './report/machine.ts';
import { besidePeer, type Result } from './report/result.ts';
import { resultLines } from './report/table.ts';
import type { Scenario, Surroundings } from './scenario.ts';
import { scenarios } from './scenarios.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Measures one scenario after the other; one that fails does not keep the others from running. */
async function run(
  { scenarios: wanted, lbc }: Extract<Wish, { readonly is: 'run' }>,
  signal: AbortSignal,
): Promise<Result[]> {
  const begin = Date.now();
  const progress = (line: string): void =>
    console.log(`${`${((Date.now() - begin) / 1000).toFixed(1)} s`.padStart(7)}  ${line}`);
  await ensureBundles(progress);
  const results: Result[] = [];
  for (const scenario of wanted) {
    signal.throwIfAborted();
    progress(`${scenario.name}: ${scenario.about}`);
    const onProgress = (line: string): void => progress(`  ${line}`);
    const result = await measure(scenario, { signal, onProgress }, lbc);
    signal.throwIfAborted();
    results.push(result);
  }
  return results;
}

async function measure(
  scenario: Scenario,
  surroundings: Surroundings,
  lbc: string | undefined,
): Promise<Result> {
  const { name, about, takesLbc } = scenario;
  const { onProgress } = surroundings;
  const begin = Date.now();
  const seconds = (): number => (Date.now() - begin) / 1000;
  try {
    if (lbc === undefined || !takesLbc) {
      const figures = await scenario.run(surroundings);
      return { name, about, is: 'measured', seconds: seconds(), figures, besidePeer: false };
    }
    const alike = { ...surroundings, addresses: privateAddresses };
    const ours = await scenario.run(alike);
    onProgress('the same with LBC');
    const figures = besidePeer(ours, await scenario.run({ ...alike, lbc }));
    return { name, about, is: 'measured', seconds: seconds(), figures, besidePeer: true };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    onProgress(`failed: ${why}`);
    return { name, about, is: 'failed', seconds: seconds(), why };
  }
}

async function writeReport(
  results: readonly Result[],
  wanted: readonly Scenario[],
  machine: Machine,
): Promise<void> {
  const folder = join(root, 'report');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'bench.json'), `${JSON.stringify({ machine, results }, null, 2)}\n`);
  console.log('\nAll numbers: report/bench.json');
  for (const result of results) {
    const scenario = wanted.find(({ name }) => name === result.name);
    if (result.is !== 'measured' || scenario?.draw === undefined) continue;
    await writeFile(join(folder, `${result.name}.svg`), scenario.draw(result.figures));
    console.log(`Drawn: report/${result.name}.svg`);
  }
}

const wish = readCommandLine(() => readFlags(process.argv.slice(2), scenarios));
if (wish?.is === 'help') process.stdout.write(help);
else if (wish?.is === 'list') {
  for (const line of tableLines(scenarios.map(({ name, about }) => [name.padEnd(24) + about])))
    console.log(line);
} else if (wish) {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    const machine = thisMachine();
    const results = await run(wish, stop.signal);
    console.log();
    for (const line of resultLines(results)) console.log(line);
    await writeReport(results, wish.scenarios, machine);
    if (results.some(({ is }) => is === 'failed')) process.exitCode = 1;
  } catch (error) {
    console.error(stop.signal.aborted ? 'Stopped.' : error);
    process.exitCode = 1;
  }
}
