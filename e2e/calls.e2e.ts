import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '@targetgate/sandbox/world';
import { manifests } from './app.ts';
import { podTargets, podsOf, rollOut, untilOldPodsAreGone, untilReady } from './cluster.ts';
import { elbCalls, healthyAt } from './elb-calls.ts';

/** docs/operating.md#quota: what a rollout costs. Looks are this far apart at least, in milliseconds: 0.6 s less a tenth. */
const apartMs = 540;

const name = 'calls';
const replicas = 8;

let world: World;
let span: { readonly from: number; readonly to: number };
let oldTargets: readonly string[];
let newTargets: readonly string[];

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
  const group = await world.makeTargetGroup({ name, deregistrationDelaySeconds: 4 });
  await world.apply(manifests({ name, replicas, preStopSeconds: 6, targetGroupArn: group.arn }));
  oldTargets = podTargets(await untilReady(world, name, replicas));
  // Nothing in here asks ELB but the syncer.
  const from = Date.now();
  await rollOut(world, name);
  await untilOldPodsAreGone(world, name);
  newTargets = podTargets(await podsOf(world, name));
  span = { from, to: Date.now() };
});

afterAll(() => world.close());

const calls = (operation: string) =>
  elbCalls(world, { operation, targetGroup: name }).filter(({ at }) => at >= span.from && at < span.to);
const looks = (): number[] => calls('DescribeTargetHealth').map(({ at }) => at);

/** For how long each new target was registered and not seen healthy: until a look was made that could see it. */
const waits = (): { readonly from: number; readonly to: number }[] => {
  const healthy = healthyAt(world, name, newTargets);
  return newTargets.map((target, n) => {
    const registered = calls('RegisterTargets').find(({ targets }) => targets.includes(target));
    return {
      from: registered?.at ?? NaN,
      to: looks().find((at) => at >= (healthy[n] ?? NaN)) ?? NaN,
    };
  });
};

/** Looks that a group is given about once a minute, whatever happens. */
const routineLooks = (): number => Math.ceil((span.to - span.from) / 60_000);

describe('a rollout', () => {
  it('registers each new pod once and deregisters each old pod once', () => {
    const named = (operation: string) => calls(operation).flatMap(({ targets }) => targets);
    expect(named('RegisterTargets').sort()).toEqual(newTargets);
    expect(named('DeregisterTargets').sort()).toEqual(oldTargets);
  });

  it('looks only while a pod waits for its health', () => {
    const idle = looks().filter((look) => !waits().some(({ from, to }) => from <= look && look <= to));
    expect(idle.length).toBeLessThanOrEqual(routineLooks());
  });

  it('looks for all pods that wait at once', () => {
    const times = looks();
    // A look may be late, and the next one be on time.
    const close = times.filter((at, n) => n > 0 && at - (times[n - 1] ?? 0) < apartMs / 2);
    expect(close.length).toBeLessThanOrEqual(routineLooks());
  });

  it('makes no more calls than its pods, and the time that they wait for their health, allow', () => {
    const spans = waits().sort((a, b) => a.from - b.from);
    let end = span.from;
    let lookable = 0;
    for (const { from, to } of spans) {
      if (from > end) lookable += 1;
      lookable += Math.max(0, to - Math.max(from, end)) / apartMs;
      end = Math.max(end, to);
    }
    const total = ['RegisterTargets', 'DeregisterTargets', 'DescribeTargetHealth'].flatMap(calls).length;
    expect(total).toBeLessThanOrEqual(2 * replicas + Math.floor(lookable) + routineLooks());
    const others = elbCalls(world, { targetGroup: name }).filter(({ at }) => at >= span.from && at < span.to);
    expect(others).toHaveLength(total);
  });
});
