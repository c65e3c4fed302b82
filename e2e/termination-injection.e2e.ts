import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lbcGroup, namesOf } from '@targetgate/shared/names';
import { startWorld, type Manifest, type World } from '@targetgate/sandbox/world';
import { binding, deployment, gateOf, pod, service, type AppOptions } from './app.ts';
import { bindingOf } from './bindings.ts';
import { untilReady, type ApiPod } from './cluster.ts';

const names = namesOf(lbcGroup);
const { injectLabel, terminationLabel } = names;
const longestSleepSeconds = 120;

let world: World;

beforeAll(async () => {
  world = await startWorld({
    withTargetgate: true,
    webhookArgs: [`--longest-sleep=${longestSleepSeconds}s`],
  });
  // Side by side: each is a namespace, a service, and a binding of a target group that drains for so long.
  await Promise.all([
    prepare('both', { delay: 30, labels: [injectLabel, terminationLabel] }),
    prepare('gates', { delay: 60, labels: [injectLabel] }),
    prepare('ends', { delay: 30, labels: [terminationLabel] }),
    prepare('endless', { delay: 3600, labels: [terminationLabel] }),
  ]);
});

afterAll(() => world.close());

/** An app whose pods have no hook, and 10 s of grace. */
const appOf = (name: string, targetGroupArn = ''): AppOptions => ({
  name,
  targetGroupArn,
  preStopSeconds: 0,
});

/** Makes a namespace with these labels, and waits until the webhook has heard how its binding's target group drains. */
async function prepare(name: string, { delay, labels }: { delay: number; labels: string[] }): Promise<void> {
  const group = await world.makeTargetGroup({ name, deregistrationDelaySeconds: delay });
  const options = appOf(name, group.arn);
  const enabled = Object.fromEntries(labels.map((label) => [label, 'enabled']));
  await world.apply([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: enabled } },
    service(options),
    binding(options),
  ]);
  await world.until(
    `the status of binding ${name} has the group's delay`,
    async () => {
      const { targetGroup } = (await bindingOf(world, name)).status ?? {};
      const known = targetGroup?.deregistrationDelaySeconds;
      return known === delay ? { done: undefined } : { still: String(known) };
    },
    { timeoutMs: 90_000 },
  );
  await untilHeard(name, `${delay}`);
}

/** Waits until the webhook has heard of something that makes it name this number when it warns of a pod. */
const untilHeard = (name: string, seconds: string): Promise<void> =>
  world.until(`the webhook has heard of ${seconds} s in ${name}`, async () => {
    const said = await warningsAbout(
      withHook(pod(appOf(name), 'probe'), { httpGet: { path: '/', port: 80 } }),
    );
    return said.join().includes(`${seconds} s`) ? { done: undefined } : { still: said.join() };
  });

/** How a pod ends, as the API server has it. */
interface End {
  readonly spec: {
    readonly terminationGracePeriodSeconds: number;
    readonly containers: readonly { readonly lifecycle?: { readonly preStop?: unknown } }[];
    readonly readinessGates?: readonly unknown[];
  };
}

const endOf = ({ spec }: End) => ({
  grace: spec.terminationGracePeriodSeconds,
  preStop: spec.containers.map(({ lifecycle }) => lifecycle?.preStop),
});

const create = ['create', '--dry-run=server', '--output=json', '--filename=-'];

/** What the API server would make of a pod. */
const made = async (manifest: Manifest): Promise<End> =>
  JSON.parse(await world.kubectl(create, JSON.stringify(manifest))) as End;

/** The warnings that kubectl shows to whoever makes a pod. */
const warningsAbout = (manifest: Manifest): Promise<readonly string[]> =>
  world.kubectl([...create, '--warnings-as-errors'], JSON.stringify(manifest)).then(
    () => [],
    (error: unknown) => (error as Error).message.match(/(?<=Warning: ).*/g) ?? Promise.reject(error as Error),
  );

function withHook(manifest: Manifest, preStop: object): Manifest {
  const { containers, ...spec } = manifest['spec'] as { containers: object[] };
  return {
    ...manifest,
    spec: { ...spec, containers: containers.map((it) => ({ ...it, lifecycle: { preStop } })) },
  };
}

const annotated = (manifest: Manifest, value: string): Manifest => ({
  ...manifest,
  metadata: { ...manifest.metadata, annotations: { [terminationLabel]: value } },
});

const sleepOf = (seconds: number) => ({ sleep: { seconds } });

describe('in a namespace that asks for gates and terminations', () => {
  it('pods of a Deployment, and bare ones, sleep for longer than the drain, with time to stop in', async () => {
    await world.apply([deployment(appOf('both')), pod(appOf('both'), 'bare')]);
    const pods = (await untilReady(world, 'both', 3)) as readonly (ApiPod & End)[];
    for (const each of pods) {
      expect(endOf(each)).toEqual({ grace: 45, preStop: [sleepOf(35)] });
      expect(each.spec.readinessGates).toEqual([{ conditionType: gateOf('both') }]);
    }
  });

  it('there is no warning of what was mended', async () => {
    expect(await warningsAbout(pod(appOf('both'), 'mended'))).toEqual([]);
  });

  it('a hook of the user stays, and kubectl says how long it should last', async () => {
    const hook = { exec: { command: ['/quit'] } };
    const manifest = withHook(pod(appOf('both'), 'hook'), hook);
    expect(endOf(await made(manifest))).toEqual({ grace: 10, preStop: [hook] });
    expect(await warningsAbout(manifest)).toEqual([
      'targetgate: preStop of container app must last at least 35 s, as target group of binding both drains for 30 s; how long it does is not known here',
      'targetgate: terminationGracePeriodSeconds is 10, but preStop needs 35 s of it, and the application what is left: set it to 45',
    ]);
  });

  it('a pod that wants to be left alone is, without a word; its gate is another matter', async () => {
    const manifest = annotated(pod(appOf('both'), 'alone'), 'disabled');
    const alone = await made(manifest);
    expect(endOf(alone)).toEqual({ grace: 10, preStop: [undefined] });
    expect(alone.spec.readinessGates).toHaveLength(1);
    expect(await warningsAbout(manifest)).toEqual([]);
  });

  it('a pod that needs no drain sleeps only until nothing is sent to it', async () => {
    const end = endOf(await made(annotated(pod(appOf('both'), 'routing'), 'routing')));
    expect(end).toEqual({ grace: 35, preStop: [sleepOf(25)] });
  });

  it('of two bindings the one that needs longer decides', async () => {
    const { arn } = await world.makeTargetGroup({ name: 'second' });
    const second = binding(appOf('both', arn), {}, { [names.annotation('routing-margin')]: '50s' });
    await world.apply([{ ...second, metadata: { ...second.metadata, name: 'second' } }]);
    await untilHeard('both', '50');
    expect(endOf(await made(pod(appOf('both'), 'two')))).toEqual({ grace: 65, preStop: [sleepOf(55)] });
  });
});

describe('in a namespace that asks for gates only', () => {
  it('a pod that would end too early stays as it is, and kubectl says what it needs', async () => {
    const manifest = pod(appOf('gates'), 'early');
    expect(endOf(await made(manifest))).toEqual({ grace: 10, preStop: [undefined] });
    expect(await warningsAbout(manifest)).toEqual([
      'targetgate: container app has no preStop, but target group of binding gates drains for 60 s: set preStop.sleep.seconds to 65, or namespace label elbv2.k8s.aws/graceful-termination=enabled',
      'targetgate: terminationGracePeriodSeconds is 10, but preStop needs 65 s of it, and the application what is left: set it to 75',
    ]);
  });

  it('a pod may ask for itself', async () => {
    const end = endOf(await made(annotated(pod(appOf('gates'), 'asks'), 'enabled')));
    expect(end).toEqual({ grace: 75, preStop: [sleepOf(65)] });
  });
});

describe('in a namespace that asks for terminations only', () => {
  it('pods get no gate', async () => {
    const { spec } = await made(pod(appOf('ends'), 'ungated'));
    expect(endOf({ spec })).toEqual({ grace: 45, preStop: [sleepOf(35)] });
    expect(spec.readinessGates).toBeUndefined();
  });

  it('a delay of an hour makes no pod that takes an hour to go', async () => {
    const manifest = pod(appOf('endless'), 'capped');
    expect(endOf(await made(manifest))).toEqual({
      grace: longestSleepSeconds + 10,
      preStop: [sleepOf(longestSleepSeconds)],
    });
    expect(await warningsAbout(manifest)).toEqual([
      'targetgate: target group of binding endless drains for 3600 s, but 120 s is the longest sleep that is added: lower deregistration_delay.timeout_seconds (aws elbv2 modify-target-group-attributes), or raise LONGEST_SLEEP',
    ]);
  });
});

it('the webhook may ask the API server for its version', async () => {
  const account = 'system:serviceaccount:targetgate-system:targetgate-webhook';
  const as = [`--as=${account}`];
  expect(await world.kubectl(['get', '--raw=/version', ...as])).toContain('gitVersion');
});
