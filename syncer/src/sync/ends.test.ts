import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createHarness,
  createThrottle,
  finalizer,
  key,
  putInService,
  settle,
  type Harness,
} from './fixtures.ts';

// The evidence of every end: issue 5. The group drains for 20 s, which is an ALB's routing margin as well.

let harness: Harness;

beforeEach(() => {
  harness = createHarness();
  harness.elb.facts.current = { ...harness.elb.facts.current, deregistrationDelaySeconds: 20 };
  harness.setBinding({ uid: 'binding-1' });
});

afterEach(() => harness.stop());

const remove = (n: number, more: { readonly deletionGrace?: number } = {}): void =>
  harness.changePod(n, { deletedAt: harness.clock.now(), ...more });

const eventsOfEnds = () => harness.api.events.filter(({ reason }) => reason === 'TerminatedTooEarly');
const refuse = (reason: 'Throttled' | 'Unreachable'): unknown =>
  harness.elb.refusals.set('deregister', { reason, message: 'no' });

it('a rollout of pods that sleep long enough ends them safely, each counted once', async () => {
  await putInService(harness, [1, 2, 3], { preStop: 25 });
  for (const n of [1, 2, 3]) {
    remove(n);
    await harness.clock.advance(1_000);
  }
  await harness.clock.advance(24_500);
  for (const n of [1, 2, 3]) harness.removePod(n);
  await harness.clock.advance(60_000);
  expect(harness.terminations).toEqual([1, 2, 3].map(() => ({ outcome: 'safe', marginSeconds: 5 })));
  expect(eventsOfEnds()).toEqual([]);
});

it('pods without a sleep end too early, and their owner is told once what to change', async () => {
  await putInService(harness, [1, 2]);
  remove(1);
  await harness.clock.advance(1_000);
  remove(2);
  await harness.clock.advance(1_000);
  const verdict = { outcome: 'unsafe', cause: 'sleep-too-short', marginSeconds: -20 };
  expect(harness.terminations).toEqual([verdict, verdict]);
  expect(eventsOfEnds()).toHaveLength(1);
  expect(eventsOfEnds()[0]).toMatchObject({
    involvedObject: { kind: 'ReplicaSet', name: 'web' },
    message: expect.stringContaining('set preStop.sleep.seconds to 25'),
  });
});

it.each([
  ['Throttled', 'throttled'],
  ['Unreachable', 'aws-slow'],
] as const)('a deregistration that meets %s for 12 s ends its pod too early: %s', async (reason, cause) => {
  await putInService(harness, [1, 2], { preStop: 25 });
  refuse(reason);
  remove(1);
  await harness.clock.advance(12_000);
  harness.elb.refusals.clear();
  await harness.clock.advance(20_000);
  expect(harness.terminations).toEqual([{ outcome: 'unsafe', cause, marginSeconds: expect.any(Number) }]);
});

it('a deregistration that only waited in line, as calls of others were throttled, was throttled as well', async () => {
  await harness.stop();
  harness = createHarness({
    connect: ({ targetGroups, clock, ...others }) => {
      const throttle = createThrottle(clock, { capacity: 3, perSecond: 1 });
      return { ...others, clock, targetGroups: throttle.limit(targetGroups) };
    },
  });
  harness.elb.facts.current = { ...harness.elb.facts.current, deregistrationDelaySeconds: 20 };
  for (let n = 1; n <= 20; n++) {
    harness.setBinding({ uid: `binding-${n}` }, { targetGroupARN: `arn:${n}` }, `web-${n}`);
  }
  harness.setPod(1, { gated: false, ready: true, preStop: 25 });
  await harness.clock.advance(60_000);
  harness.elb.check('healthy');
  await harness.clock.advance(120_000);
  remove(1);
  await harness.clock.advance(60_000);
  const causes = harness.terminations.map((verdict) => ('cause' in verdict ? verdict.cause : 'safe'));
  expect(causes).toHaveLength(20);
  expect(new Set(causes)).toEqual(new Set(['safe', 'throttled']));
});

describe('a pod is killed', () => {
  beforeEach(() => putInService(harness, [1, 2], { preStop: 25 }));
  const killed = (marginSeconds: number) => [{ outcome: 'unsafe', cause: 'killed', marginSeconds }];

  it('by kubectl delete --force: its object vanishes', async () => {
    harness.removePod(1);
    await harness.clock.advance(60_000);
    expect(harness.terminations).toEqual(killed(-20));
  });

  it('by kubectl delete --grace-period=1', async () => {
    remove(1, { deletionGrace: 1 });
    await harness.clock.advance(60_000);
    expect(harness.terminations).toEqual(killed(-19));
  });

  it('by a second deletion that has less patience', async () => {
    remove(1);
    const deletedAt = harness.clock.now();
    await harness.clock.advance(10_000);
    harness.changePod(1, { deletedAt, deletionGrace: 1 });
    await harness.clock.advance(60_000);
    expect(harness.terminations).toEqual(killed(-10));
  });

  it('by a container that ends in its sleep', async () => {
    remove(1);
    await harness.clock.advance(7_000);
    harness.changePod(1, { endedAt: harness.clock.now() - 1_000 });
    await harness.clock.advance(60_000);
    expect(harness.terminations).toMatchObject([{ outcome: 'unsafe', cause: 'killed' }]);
  });
});

it('a hook of which nobody knows the length makes an end unknown, whatever the kubelet says when it is over', async () => {
  await putInService(harness, [1, 2], { preStop: 'other' });
  remove(1);
  await harness.clock.advance(30_000);
  harness.changePod(1, {
    deletedAt: harness.clock.now(),
    deletionGrace: 0,
    endedAt: harness.clock.now() - 400,
    finished: true,
  });
  await harness.clock.advance(60_000);
  harness.removePod(1);
  await harness.clock.advance(60_000);
  expect(harness.terminations).toEqual([{ outcome: 'unknown', cause: 'hook-unknown' }]);
});

describe('a pod of a node', () => {
  beforeEach(async () => {
    harness.setNode('node-1', {});
    harness.setNode('node-2', {});
    await putInService(harness, [1, 2], { preStop: 25, node: 'node-1' });
  });

  it('that is lost ends too early', async () => {
    harness.setNode('node-1', undefined);
    await harness.clock.advance(60_000);
    harness.changePod(1, { deletedAt: harness.clock.now(), disruption: 'DeletionByPodGC' });
    await harness.clock.advance(60_000);
    expect(harness.terminations).toMatchObject([{ outcome: 'unsafe', cause: 'node-lost' }]);
  });

  it('that a taint empties, and that lives, ends in order', async () => {
    harness.changePod(1, { deletedAt: harness.clock.now(), disruption: 'DeletionByTaintManager' });
    await harness.clock.advance(60_000);
    expect(harness.terminations).toEqual([{ outcome: 'safe', marginSeconds: 5 }]);
  });

  it('whose kubelet is silent ends too early', async () => {
    harness.setNode('node-1', { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } });
    harness.changePod(1, { deletedAt: harness.clock.now(), disruption: 'DeletionByTaintManager' });
    await harness.clock.advance(60_000);
    expect(harness.terminations).toMatchObject([{ outcome: 'unsafe', cause: 'node-lost' }]);
  });
});

describe('a syncer that was not there', () => {
  beforeEach(() => putInService(harness, [1, 2], { preStop: 25 }));

  it('when a pod was deleted deregisters it too late', async () => {
    await harness.stop();
    remove(1);
    await harness.clock.advance(10_000);
    await harness.restart();
    await harness.clock.advance(60_000);
    expect(harness.terminations).toMatchObject([{ outcome: 'unsafe', cause: 'syncer-late' }]);
  });

  it('when a pod without a gate was deleted knows all the same that it was in service', async () => {
    harness.setPod(3, { gated: false, ready: true });
    await harness.clock.advance(10);
    harness.elb.check('healthy');
    await harness.clock.advance(2_000);
    await harness.stop();
    remove(3);
    await harness.clock.advance(10_000);
    await harness.restart();
    await harness.clock.advance(60_000);
    expect(harness.terminations).toMatchObject([{ outcome: 'unsafe' }]);
  });

  it('in the middle of an end judges it all the same', async () => {
    remove(1);
    await harness.clock.advance(1_500);
    await harness.restart();
    await harness.clock.advance(60_000);
    expect(harness.terminations).toMatchObject([{ outcome: 'safe' }]);
  });

  it('for most of an end cannot judge it', async () => {
    remove(1);
    await harness.clock.advance(15_000);
    await harness.restart();
    await harness.clock.advance(60_000);
    expect(harness.terminations).toEqual([{ outcome: 'unknown', cause: 'unseen' }]);
  });

  it('in the middle of an end judges it, although the target has left the group already', async () => {
    remove(1);
    await harness.clock.advance(1_500);
    harness.elb.targets.delete(key(1));
    await harness.restart();
    await harness.clock.advance(60_000);
    expect(harness.terminations).toMatchObject([{ outcome: 'safe' }]);
  });

  it('when SIGTERM came counts an end that nobody has seen', async () => {
    remove(1);
    await harness.clock.advance(1_500);
    await harness.stop();
    await harness.clock.advance(30_000);
    await harness.restart();
    await harness.clock.advance(60_000);
    expect(harness.terminations).toEqual([{ outcome: 'unknown', cause: 'unseen' }]);
  });

  it('after an end that was judged does not know that: while the pod is there, it counts it as unknown', async () => {
    remove(1);
    await harness.clock.advance(27_000);
    await harness.restart();
    await harness.clock.advance(60_000);
    const counted = [
      { outcome: 'safe', marginSeconds: 5 },
      { outcome: 'unknown', cause: 'unseen' },
    ];
    expect(harness.terminations).toEqual(counted);
    harness.removePod(1);
    await harness.restart();
    await harness.clock.advance(60_000);
    expect(harness.terminations).toEqual(counted);
  });

  it('after an end that was too early counts it as unknown, not as another one that was', async () => {
    harness.setPod(3);
    await putInService(harness, [3]);
    remove(3);
    await harness.clock.advance(1_000);
    await harness.restart();
    await harness.clock.advance(60_000);
    expect(harness.terminations).toMatchObject([{ outcome: 'unsafe' }, { outcome: 'unknown' }]);
  });

  it('while a pod came to its end tells of the target that it left behind', async () => {
    await harness.stop();
    harness.removePod(1);
    await harness.clock.advance(600_000);
    await harness.restart();
    await harness.clock.advance(60_000);
    expect(harness.terminations).toEqual([{ outcome: 'unsafe', cause: 'syncer-late' }]);
    expect(eventsOfEnds()).toMatchObject([{ involvedObject: { kind: 'TargetGroupBinding' } }]);
  });
});

describe('a syncer whose clock is ahead of that of the API server', () => {
  const removeAhead = (n: number, ms: number): void =>
    harness.changePod(n, { deletedAt: harness.clock.now() - ms });

  it('judges ends as if it were not', async () => {
    await putInService(harness, [1, 2], { preStop: 25 });
    removeAhead(1, 7_000);
    await harness.clock.advance(60_000);
    expect(harness.terminations).toEqual([{ outcome: 'safe', marginSeconds: 5 }]);
  });

  it('takes no container for ended before its time', async () => {
    await putInService(harness, [1, 2], { preStop: 'other' });
    removeAhead(1, 7_000);
    await harness.clock.advance(24_000);
    harness.changePod(1, { endedAt: harness.clock.now() - 7_000 });
    await harness.clock.advance(60_000);
    expect(harness.terminations).toEqual([{ outcome: 'unknown', cause: 'hook-unknown' }]);
  });

  it('is not what makes one deletion of many late: that is the watch', async () => {
    await putInService(harness, [1, 2], { preStop: 25 });
    removeAhead(1, 0);
    removeAhead(2, 10_000);
    await harness.clock.advance(60_000);
    expect(harness.terminations).toMatchObject([{ cause: 'syncer-late' }, { outcome: 'safe' }]);
  });
});

describe('the latency of a deregistration', () => {
  beforeEach(async () => {
    await putInService(harness, [1, 2], { preStop: 25 });
    refuse('Unreachable');
  });

  const deregisterAt = async (seconds: number): Promise<void> => {
    await harness.clock.advance(seconds * 1_000);
    harness.elb.refusals.clear();
    await harness.clock.advance(5_000);
  };

  it('counts from the deletion on, although the pod is long gone when ELB takes it', async () => {
    remove(1);
    await harness.clock.advance(40_000);
    harness.removePod(1);
    await deregisterAt(80);
    expect(harness.deregistrations).toEqual([expect.closeTo(122.5, -1)]);
  });

  it('counts from the end of a pod that nobody deleted', async () => {
    harness.removePod(1);
    harness.changePod(2, { finished: true });
    await deregisterAt(60);
    expect(harness.deregistrations).toEqual([expect.closeTo(62.5, -1), expect.closeTo(62.5, -1)]);
  });
});

it('a pod that was never healthy ends safely, whatever it does', async () => {
  harness.setPod(1);
  await settle();
  remove(1);
  await harness.clock.advance(60_000);
  expect(harness.elb.calls).toContain(`deregister ${key(1)}`);
  expect(harness.terminations).toEqual([{ outcome: 'safe' }]);
});

it('a pod that is deleted while its target drains already is judged from the deregistration on', async () => {
  await putInService(harness, [1, 2]);
  harness.changePod(1, { containersReady: false });
  await harness.clock.advance(5_000);
  remove(1);
  await harness.clock.advance(1_000);
  expect(harness.terminations).toEqual([{ outcome: 'unsafe', cause: 'sleep-too-short', marginSeconds: -15 }]);
});

it('a pod whose target left long ago has no end to judge', async () => {
  await putInService(harness, [1, 2]);
  harness.changePod(1, { containersReady: false });
  await harness.clock.advance(30_000);
  remove(1);
  await harness.clock.advance(60_000);
  expect(harness.terminations).toEqual([]);
});

it('a list that comes back short ends no pod', async () => {
  await putInService(harness, [1, 2]);
  harness.loseSightOf(1);
  await harness.clock.advance(60_000);
  expect(harness.terminations).toEqual([]);
});

it('what is under way when its binding goes is counted as unknown', async () => {
  await putInService(harness, [1, 2], { preStop: 25 });
  remove(1);
  await harness.clock.advance(2_000);
  const deletionTimestamp = new Date(harness.clock.now()).toISOString();
  harness.setBinding({ uid: 'binding-1', finalizers: [finalizer], deletionTimestamp });
  await harness.clock.advance(2_000);
  harness.setBinding(undefined);
  await harness.clock.advance(60_000);
  expect(harness.terminations).toEqual([{ outcome: 'unknown', cause: 'unseen' }]);
});

it('a target that two bindings of one group share has one end', async () => {
  harness.setBinding({ uid: 'binding-2' }, {}, 'second');
  await putInService(harness, [1, 2], { preStop: 25 });
  remove(1);
  await harness.clock.advance(60_000);
  expect(harness.terminations).toEqual([{ outcome: 'safe', marginSeconds: 5 }]);
});

it('an end that is under way is shown until its pod is gone', async () => {
  await putInService(harness, [1, 2], { preStop: 25 });
  const now = harness.clock.now();
  remove(1);
  await harness.clock.advance(1_000);
  expect(harness.viewOf()?.ends).toEqual([
    { pod: 'web-1', deregisteredAt: now, sigtermAt: now + 25_000, safeAt: now + 20_000 },
  ]);
  await harness.clock.advance(26_000);
  harness.removePod(1);
  await settle();
  expect(harness.viewOf()?.ends).toEqual([]);
});

it('a pod that has failed and stays in the API is not shown for ever, and counted once', async () => {
  await putInService(harness, [1, 2], { preStop: 25 });
  harness.changePod(1, { finished: true, endedAt: harness.clock.now() });
  await harness.clock.advance(60_000);
  expect(harness.viewOf()?.ends).toEqual([]);
  expect(harness.terminations).toMatchObject([{ outcome: 'unsafe', cause: 'killed' }]);
});

describe('the status of a binding says whether its terminations outlast the drain', () => {
  const said = (): string | undefined => harness.conditionOf('TerminationsOutlastDrain');

  it('by the pods that stay', async () => {
    await settle();
    expect(said()).toBe('Unknown NoPods');
    await putInService(harness, [1], { preStop: 25 });
    expect(said()).toBe('True AllOutlast');
    await putInService(harness, [2]);
    expect(said()).toBe('False SleepTooShort');
    remove(2);
    await settle();
    expect(said()).toBe('True AllOutlast');
  });

  it('by what the group is like now', async () => {
    await putInService(harness, [1], { preStop: 25 });
    harness.elb.facts.current = { ...harness.elb.facts.current, deregistrationDelaySeconds: 300 };
    await harness.clock.advance(4_000_000);
    expect(said()).toBe('False SleepTooShort');
  });

  it('and says nothing of instances', async () => {
    harness.setBinding({ uid: 'binding-3' }, { targetType: 'instance' }, 'nodes');
    await harness.clock.advance(1_000);
    expect(harness.statusOf('nodes')).toBeDefined();
    expect(harness.conditionOf('TerminationsOutlastDrain', 'nodes')).toBeUndefined();
  });
});
