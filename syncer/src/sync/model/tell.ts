import { leftBehind, outOfStep, stillWaiting, unexplained } from './complaints.ts';
import { failOpenAfterMs } from './setting.ts';
import { silence, type Story } from './stories.ts';
import { isForeign } from './target-group.ts';
import { createWorld, type World } from './world.ts';

/**
 * Tells a story, and what follows:
 *
 * 1. Whatever happens, no rule is broken.
 * 2. Where something stands in the way for good, it is said. A silence of AWS opens gates in the end.
 * 3. When nothing does any more, all comes in step, and nothing is left behind.
 * 4. A pod that ends then leaves at once.
 * 5. After that, nothing is done any more.
 *
 * Gives what was wrong, at the first of these.
 */
export async function tell({ setting, commands, obstacles }: Story): Promise<readonly string[]> {
  const world = await createWorld(setting);
  const { rules, clock } = world;
  const began = clock.now();
  try {
    for (const command of [...commands, ...obstacles]) {
      await world.step(command);
      if (rules.broken.length > 0) return rules.broken;
    }
    // The longest back-off, and the calls after it.
    await world.mendCluster();
    await clock.advance(40_000);
    const unsaid = unexplained(world);
    if (unsaid.length > 0) return unsaid;
    if (obstacles === silence) {
      // The silence may have been noticed a minute late, by the next look.
      await clock.advance(failOpenAfterMs + 60_000);
      const waiting = stillWaiting(world);
      if (waiting.length > 0) return waiting;
    }

    world.mendAws();
    await world.passHealthy(40);
    const leftovers = leftBehind(world);
    if (leftovers.length > 0) return leftovers;
    await world.passHealthy(140);
    const missing = outOfStep(world);
    if (missing.length > 0) return missing;

    const stayed = await endLastTarget(world);
    if (stayed !== undefined) return [stayed];
    const unrest = await restlessness(world);
    if (unrest.length > 0 || rules.broken.length > 0) return [...unrest, ...rules.broken];
    const most = 40 + 20 * commands.length + (6 * (clock.now() - began)) / 1000;
    return rules.calls < most ? [] : [`${rules.calls} calls were made`];
  } finally {
    world.stop();
  }
}

/** A pod or node that ends has no target any more, however many others are healthy. */
async function endLastTarget({
  cluster,
  group,
  rules,
  step,
  passHealthy,
}: World): Promise<string | undefined> {
  const target = group.standing().findLast((key) => !isForeign(key) && !rules.abandoned.has(key));
  const uid = target === undefined ? undefined : rules.ownerOf(target);
  if (target === undefined || uid === undefined || !cluster.stays(uid)) return undefined;
  const [name = ''] = uid.split('#');
  const n = Number(name.split('-')[1]);
  await step(
    name.startsWith('web') ? { do: 'terminate', pod: n } : { do: 'node', node: n, change: 'remove' },
  );
  await step({ do: 'wait', ms: 100 });
  if (group.isStanding(target)) return `${target} stays although ${uid} ends`;
  // Its replacements may have become known meanwhile: what waited for them is done with the next look.
  await passHealthy(70);
  return undefined;
}

/** Ten minutes in which nothing happens: there is nothing to do but to look, and to ask for the facts anew. */
async function restlessness({ clock, group, api, cluster }: World): Promise<string[]> {
  // The facts of the group may not have been read yet; they are asked for within eleven minutes.
  await clock.advance(660_000);
  const { looks, changes } = group.traffic;
  const { requests } = api;
  await clock.advance(600_000);
  const bindings = cluster.bindings.size;
  return [
    ...(group.traffic.changes > changes ? ['targets are changed without need'] : []),
    ...(api.requests > requests ? [`${api.requests - requests} requests without need`] : []),
    ...(group.traffic.looks - looks > 12 * bindings
      ? [`${group.traffic.looks - looks} looks in ten minutes`]
      : []),
  ];
}
