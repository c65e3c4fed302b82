import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KubeError, type KubeRequest } from '@targetgate/shared/kube';
import { createHarness, settle } from './fixtures.ts';

// What goes wrong around the syncer, and what it must come to all the same.

const finalizers = ['elbv2.k8s.aws/resources'];
const key = (n: number): string => `10.0.0.${n}:8080`;

let harness: ReturnType<typeof createHarness>;
/** Makes calls to the API server fail. */
let refuse: (call: KubeRequest) => Error | undefined;
/** Makes calls to the API server wait. */
let hold: (call: KubeRequest) => Promise<void> | undefined;

beforeEach(() => {
  refuse = () => undefined;
  hold = () => undefined;
  harness = createHarness({
    connect: ({ client, ...rest }) => ({
      ...rest,
      client: {
        ...client,
        request: async (call) => {
          await hold(call);
          const error = refuse(call);
          if (error) throw error;
          return client.request(call);
        },
      },
    }),
  });
});

afterEach(async () => {
  await harness.stop();
});

async function start(spec: Record<string, unknown> = {}): Promise<void> {
  harness.setBinding({ uid: 'binding-1' }, spec);
  await settle();
}

/** The binding's deletion is asked for, now or some milliseconds ago. */
function remove(ago = 0, spec: Record<string, unknown> = {}): void {
  const deletionTimestamp = new Date(harness.clock.now() - ago).toISOString();
  harness.setBinding({ uid: 'binding-1', finalizers, deletionTimestamp }, spec);
}

const isReleased = (): boolean => harness.api.bindings.get('web')?.finalizers.length === 0;

describe('a deleted binding is released', () => {
  it('when its target group was never found', async () => {
    harness.elb.groups.find = () =>
      Promise.resolve({ trouble: { reason: 'TargetGroupNotFound', message: 'no' } });
    remove();
    await harness.clock.advance(10_000);
    expect(isReleased()).toBe(true);
  });

  it('when it names no target group', async () => {
    remove(0, { targetGroupARN: '' });
    await harness.clock.advance(10_000);
    expect(isReleased()).toBe(true);
  });

  it('two minutes after the deletion when its ledger is unreadable', async () => {
    harness.api.configMaps.set('targets.elbv2.k8s.aws.web', {
      version: 1,
      body: { data: { targets: 'nonsense' } },
    });
    remove();
    await harness.clock.advance(100_000);
    expect(isReleased()).toBe(false);
    await harness.clock.advance(60_000);
    expect(isReleased()).toBe(true);
  });

  it('when its group was changed, after the targets of the old one were deregistered', async () => {
    await start();
    harness.setPod(1);
    await settle();
    await harness.stop();
    harness.setBinding({ uid: 'binding-1', finalizers }, { targetGroupARN: 'arn:other' });
    await harness.restart();
    await settle();
    remove(0, { targetGroupARN: 'arn:other' });
    await harness.clock.advance(10_000);
    expect(harness.elb.calls).toContain(`deregister ${key(1)}`);
    expect(isReleased()).toBe(true);
  });

  it('when its group was changed while the syncer ran, after the targets of the old one were deregistered', async () => {
    await start();
    harness.setPod(1);
    await settle();
    harness.setBinding({ uid: 'binding-1', finalizers }, { targetGroupARN: 'arn:other' });
    await harness.clock.advance(1_000);
    remove(0, { targetGroupARN: 'arn:other' });
    await harness.clock.advance(60_000);
    expect(harness.elb.calls).toContain(`deregister ${key(1)}`);
    expect(isReleased()).toBe(true);
    expect(harness.api.reads.length).toBeLessThan(30);
  });

  it('although its namespace takes no events any more', async () => {
    await start();
    harness.setPod(1);
    await settle();
    harness.elb.refusals.set('deregister', { reason: 'AccessDenied', message: 'no' });
    refuse = ({ path }) =>
      path.endsWith('/events')
        ? new KubeError(403, 'Forbidden', 'the namespace is being terminated')
        : undefined;
    remove();
    await harness.clock.advance(180_000);
    expect(isReleased()).toBe(true);
  });

  it('although another writer was first', async () => {
    await start();
    let conflicts = 2;
    refuse = ({ method, path }) =>
      method === 'PATCH' && path.endsWith('/targetgroupbindings/web') && conflicts-- > 0
        ? new KubeError(409, 'Conflict', 'the object has been modified')
        : undefined;
    remove();
    await settle();
    expect(isReleased()).toBe(true);
  });

  it('but not for one throttled call after a long absence of the syncer', async () => {
    await start();
    harness.setPod(1);
    await settle();
    await harness.stop();
    remove(600_000);
    harness.elb.refusals.set('deregister', { reason: 'Throttled', message: 'Rate exceeded' });
    await harness.restart();
    await settle();
    expect(isReleased()).toBe(false);
  });
});

describe('a ledger', () => {
  it('that was deleted is written anew', async () => {
    await start();
    harness.setPod(1);
    await settle();
    harness.api.configMaps.clear();
    harness.setPod(2);
    await harness.clock.advance(5_000);
    expect(harness.elb.targets.has(key(2))).toBe(true);
    expect(harness.ledgerText()).toContain(key(1));
  });

  it('that is unreadable is not overwritten', async () => {
    await start();
    harness.setPod(1);
    await settle();
    const [file] = harness.api.configMaps.values();
    if (file === undefined) throw new Error('the ledger was not written');
    file.version++;
    const time = '2026-01-01T11:00:00.000Z';
    const targets = `10.0.0.9:8080 web-9 uid-9 intended=${time} registered=${time}\n10.0.0.1:8080 web-1\n`;
    file.body = { ...file.body, data: { targetGroupARN: 'arn:web', targets } };
    harness.setPod(2);
    await harness.clock.advance(60_000);
    expect(harness.ledgerText()).toBe(targets);
  });

  it('has the registrations that ended while the syncer stopped', async () => {
    await start();
    const answer = Promise.withResolvers<void>();
    harness.elb.gates.set('register', answer.promise);
    harness.setPod(1);
    await settle();
    const stopped = harness.stop();
    answer.resolve();
    await stopped;
    expect(harness.ledgerText()).toContain('registered=');
  });
});

describe('a gate', () => {
  it('whose patch lost a race is patched again: the pod is not gone', async () => {
    await start();
    harness.setPod(1);
    await settle();
    let conflicts = 1;
    refuse = ({ path }) =>
      path.includes('/pods/') && conflicts-- > 0
        ? new KubeError(409, 'Conflict', 'has been modified')
        : undefined;
    harness.elb.targets.set(key(1), { state: 'healthy' });
    await harness.clock.advance(5_000);
    expect(harness.isOpen(1)).toBe(true);
  });

  it("does not wait for another pod's patch that is refused", async () => {
    await start();
    refuse = ({ path }) =>
      path.includes('/pods/web-1/') ? new KubeError(403, 'Forbidden', 'no') : undefined;
    harness.setPod(1);
    await harness.clock.advance(120_000);
    harness.setPod(2);
    await settle();
    harness.elb.targets.set(key(2), { state: 'healthy' });
    await harness.clock.advance(2_000);
    expect(harness.isOpen(2)).toBe(true);
  });
});

describe('a target', () => {
  it('that ELB refuses does not keep the others of its batch out, and its gate says why', async () => {
    await start();
    const { groups } = harness.elb;
    const register = groups.register.bind(groups);
    harness.elb.groups.register = (arn, targets) =>
      targets.some(({ id }) => id === '10.0.0.1')
        ? Promise.resolve({ trouble: { reason: 'InvalidTarget', message: 'not in the VPC' } })
        : register(arn, targets);
    for (const n of [1, 2, 3, 4]) harness.setPod(n);
    await harness.clock.advance(2_000);
    expect([...harness.elb.targets.keys()].sort()).toEqual([key(2), key(3), key(4)]);
    expect(harness.gateOf(1)).toMatchObject({
      status: 'False',
      reason: 'InvalidTarget',
      message: 'not in the VPC',
    });
  });

  it('of an ungated pod that is not selected any more leaves the moment its deletion is seen', async () => {
    await start();
    harness.setPod(1, { gated: false, ready: true });
    await settle();
    const labels = { app: 'elsewhere' };
    harness.setPod(1, { gated: false, ready: true, labels });
    await settle();
    harness.setPod(1, { gated: false, ready: true, labels, terminating: true });
    await settle();
    expect(harness.elb.calls).toContain(`deregister ${key(1)}`);
  });

  it('of a pod that is deleted while the ledger is being written is not registered', async () => {
    await start();
    const answer = Promise.withResolvers<void>();
    hold = ({ path, method }) =>
      path.includes('/configmaps') && method !== 'GET' ? answer.promise : undefined;
    harness.setPod(1);
    await settle();
    harness.setPod(1, { terminating: true });
    await settle();
    answer.resolve();
    await settle();
    expect(harness.elb.calls.filter((call) => call.startsWith('register'))).toEqual([]);
  });

  const isOfLedger = ({ path }: KubeRequest): boolean => path.includes('/configmaps');
  it.each<[string, (isOver: Promise<void>) => void]>([
    ['is being written', (isOver) => (hold = (call) => (isOfLedger(call) ? isOver : undefined))],
    [
      'cannot be written',
      (isOver) => {
        refuse = (call) => (isOfLedger(call) ? new KubeError(500, 'InternalError', 'no') : undefined);
        void isOver.then(() => (refuse = () => undefined));
      },
    ],
  ])(
    'that is found healthy while the ledger %s is renewed: the health is of another (LBC#4343)',
    async (_, trouble) => {
      await start();
      // A pod that waits: ELB is looked at every second.
      harness.setPod(1);
      await harness.clock.advance(2_000);
      const end = Promise.withResolvers<void>();
      trouble(end.promise);
      harness.setPod(2);
      await settle();
      harness.elb.targets.set(key(2), { state: 'healthy' });
      await harness.clock.advance(2_000);
      end.resolve();
      await harness.clock.advance(5_000);
      expect(harness.elb.changes().slice(1)).toEqual([`deregister ${key(2)}`, `register ${key(2)}`]);
      expect(harness.isOpen(2)).toBe(false);
      harness.elb.check('healthy', [key(2)]);
      await harness.clock.advance(2_000);
      expect(harness.isOpen(2)).toBe(true);
    },
  );

  it('in a batch that is answered can leave while another batch waits', async () => {
    await start();
    const { groups } = harness.elb;
    const register = groups.register.bind(groups);
    const answer = Promise.withResolvers<void>();
    let calls = 0;
    harness.elb.groups.register = async (arn, targets) => {
      if (++calls === 2) await answer.promise;
      return register(arn, targets);
    };
    for (let n = 1; n <= 201; n++) harness.setPod(n);
    await settle();
    harness.setPod(1, { terminating: true });
    await settle();
    expect(harness.elb.calls).toContain(`deregister ${key(1)}`);
    answer.resolve();
    await settle();
  });
});

it('a new deletion waits 5 s at the most after AWS has refused deregistrations', async () => {
  await start();
  harness.setPod(1);
  harness.setPod(2);
  await settle();
  harness.elb.refusals.set('deregister', { reason: 'Throttled', message: 'Rate exceeded' });
  harness.setPod(1, { terminating: true });
  await harness.clock.advance(300_000);
  harness.elb.refusals.clear();
  harness.setPod(2, { terminating: true });
  await harness.clock.advance(5_000);
  expect(harness.elb.targets.get(key(2))?.state).toBe('draining');
});

it('a binding that is edited to another target group registers nothing more with the old one', async () => {
  await start();
  harness.setPod(1);
  await settle();
  const used: string[] = [];
  const { groups } = harness.elb;
  const register = groups.register.bind(groups);
  harness.elb.groups.register = (arn, targets) => {
    used.push(arn);
    return register(arn, targets);
  };
  harness.setBinding({ uid: 'binding-1', generation: 2 }, { targetGroupARN: 'arn:other' });
  harness.setPod(2);
  await harness.clock.advance(60_000);
  expect(used).toEqual([]);
});

it('a target group that was made anew under its name is found again', async () => {
  let current = 'arn:old';
  const used: string[] = [];
  const { groups } = harness.elb;
  const register = groups.register.bind(groups);
  const notFound = { trouble: { reason: 'TargetGroupNotFound', message: 'no' } } as const;
  harness.elb.groups.find = () => Promise.resolve({ ok: current });
  harness.elb.groups.health = (arn) => Promise.resolve(arn === current ? { ok: new Map() } : notFound);
  harness.elb.groups.register = (arn, targets) => {
    used.push(arn);
    return arn === current ? register(arn, targets) : Promise.resolve(notFound);
  };
  await start({ targetGroupARN: '', targetGroupName: 'web' });
  harness.setPod(1);
  await settle();
  current = 'arn:new';
  harness.setPod(2);
  await harness.clock.advance(60_000);
  expect(used).toContain('arn:new');
});

it('no work is begun while the syncer stops', async () => {
  await start();
  const answer = Promise.withResolvers<void>();
  harness.elb.gates.set('register', answer.promise);
  harness.setPod(1);
  await settle();
  const stopped = harness.stop();
  const before = [...harness.elb.calls];
  harness.setPod(2);
  await settle();
  expect(harness.elb.calls).toEqual(before);
  answer.resolve();
  await stopped;
});
