import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readCommandLine } from '../command-line.ts';
import { ensureBundles, startWorld, type WorldEvent } from '../world/index.ts';
import type { Outcome } from './outcome.ts';
import { prepare } from './run-trial.ts';
import { balancerTypes, limitSeconds, settings } from './settings.ts';
import { outcomeLines } from './table.ts';
import { trials } from './trial.ts';

const help = `Shows what the time between DeregisterTargets and SIGTERM is worth: the failed requests for each margin.

  npm run margins [-- --help]

Apps that end at once on SIGTERM run behind load balancers that go on sending for a while, as ALB and NLB do. Each app
has another preStop sleep. Their pods are deleted under steady traffic, all margins side by side, on a real control
plane with targetgate. The lags are the sandbox's, drawn evenly; their bounds are from reports (LBC#1064, LBC#2366).

Prints a table, and leaves report/margins.json. It takes less than four minutes. Exit code 0: all margins were
measured, whatever they cost; 1: anything else. Ctrl-C ends it at any time, and everything that it started.
`;

const root = fileURLToPath(new URL('../../../', import.meta.url));

async function run(stop: AbortSignal): Promise<void> {
  const begin = Date.now();
  const progress = (line: string): void =>
    console.log(`${`${((Date.now() - begin) / 1000).toFixed(1)} s`.padStart(7)}  ${line}`);
  const followers: ((event: WorldEvent) => void)[] = [];

  await ensureBundles(progress);
  const world = await startWorld({
    withTargetgate: true,
    elb: { registrationMs: settings.registrationSeconds * 1000 },
    journal: (event) => {
      for (const follow of followers) follow(event);
    },
    onProgress: progress,
    signal: AbortSignal.any([stop, AbortSignal.timeout(limitSeconds * 1000)]),
  });
  try {
    progress(`${trials.length} apps with ${settings.replicas} pods, each behind its own load balancer`);
    const ready = await Promise.all(
      trials.map((trial) => prepare(world, trial, (see) => followers.push(see))),
    );
    progress(`traffic, and ${settings.waves} waves of ${settings.podsPerWave} deletions each`);
    const outcomes = await Promise.all(
      ready.map(async (trial, index) => {
        // Evenly in turn, so that there is never a crowd of new pods.
        await sleep((index * settings.waveSeconds * 1000) / ready.length, undefined, {
          signal: world.broken,
        });
        return trial.run();
      }),
    );
    progress('done');
    for (const line of outcomeLines(outcomes)) console.log(line);
    await writeReport(outcomes);
  } finally {
    await world.close();
  }
}

async function writeReport(outcomes: readonly Outcome[]): Promise<void> {
  const folder = join(root, 'report');
  await mkdir(folder, { recursive: true });
  const report = { settings, balancerTypes, outcomes };
  await writeFile(join(folder, 'margins.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log('\nAll numbers: report/margins.json');
}

const wish = readCommandLine(() => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
  return values.help ? 'help' : 'run';
});
if (wish === 'help') process.stdout.write(help);
else if (wish === 'run') {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    await run(stop.signal);
  } catch (error) {
    console.error(stop.signal.aborted ? 'Stopped.' : error);
    process.exitCode = 1;
  }
}
