import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBundles, startWorld, type WorldEvent } from '../world/index.ts';
import { apps } from './app.ts';
import { deploy } from './deploy.ts';
import { help, readFlags } from './flags.ts';
import { keptLines } from './keep.ts';
import { causeOf } from './words/cause.ts';
import { followPulse } from './measure/pulse.ts';
import type { Rollout } from './measure/rollout.ts';
import { verdictOf, type Verdict } from './words/verdict.ts';
import { reportPage } from './report/page.ts';
import { rollOut } from './roll-out.ts';
import { limitSeconds, settings } from './settings.ts';
import { showRollout } from './terminal/show-rollout.ts';
import { comparisonLines, timelineLines } from './terminal/summary.ts';
import { titleOf } from './words/title.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const print = (line = ''): void => console.log(line);
const printAll = (lines: readonly string[]): void => {
  for (const line of lines) print(line);
};

/** Runs the whole demo until it is over or `stop` is aborted. */
async function demo(keep: boolean, stop: AbortSignal): Promise<Verdict> {
  const begin = Date.now();
  const progress = (line: string): void =>
    print(`${`${((Date.now() - begin) / 1000).toFixed(1)} s`.padStart(7)}  ${line}`);
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort(new Error(`the demo was not over within ${limitSeconds} s`));
  }, limitSeconds * 1000).unref();
  const followers: ((event: WorldEvent) => void)[] = [];

  await ensureBundles(progress);
  const world = await startWorld({
    withTargetgate: true,
    elb: { registrationMs: settings.registrationSeconds * 1000 },
    journal: (event) => {
      for (const follow of followers) follow(event);
    },
    onProgress: progress,
    signal: AbortSignal.any([stop, limit.signal]),
  });
  try {
    progress(`two apps with ${settings.replicas} pods, each behind its own load balancer`);
    const deployed = await Promise.all(apps.map((app) => deploy(world, app, (see) => followers.push(see))));
    const rollouts: Rollout[] = [];
    for (const app of deployed) {
      const { see, pulse } = followPulse(app.name);
      followers.push(see);
      print();
      const show = showRollout(process.stdout, {
        title: titleOf(app),
        timelines: app.timelines,
        pulse,
      });
      const rollout = await rollOut(world, app, (at) => show.started(at)).finally(() => show.end());
      rollouts.push(rollout);
      print();
      printAll(timelineLines(rollout));
      print(`\n  ${causeOf(rollout)}`);
    }
    clearTimeout(timer);

    const verdict = verdictOf(rollouts);
    print();
    printAll(comparisonLines(rollouts));
    print(`\n${verdict.line}`);
    await writeReport(rollouts, verdict);
    if (keep) {
      print();
      printAll(await keptLines(world, deployed));
      if (!stop.aborted) await once(stop, 'abort');
    }
    return verdict;
  } finally {
    await world.close();
  }
}

async function writeReport(rollouts: readonly Rollout[], verdict: Verdict): Promise<void> {
  const folder = join(root, 'report');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'demo.json'), JSON.stringify({ settings, verdict, rollouts }, null, 2));
  await writeFile(join(folder, 'demo.html'), reportPage(rollouts, verdict));
  print('The report, with both timelines: report/demo.html');
}

async function main(): Promise<number> {
  const wish = readFlags(process.argv.slice(2));
  if (wish.is === 'help') {
    process.stdout.write(help);
    return 0;
  }
  if (wish.is === 'mistake') {
    console.error(`${wish.message} (--help lists all flags)`);
    return 2;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    return (await demo(wish.keep, stop.signal)).ok ? 0 : 1;
  } catch (error) {
    console.error(stop.signal.aborted ? 'Stopped.' : `The demo broke off: ${messageOf(error)}`);
    return 1;
  }
}

/** The message of an error and of its causes. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${messageOf(error.cause)}`;
}

process.exitCode = await main();
