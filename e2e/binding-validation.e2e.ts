import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type Manifest, type World } from '@targetgate/sandbox/world';
import { binding, namespace, service } from './app.ts';

const crd = 'customresourcedefinition/targetgroupbindings.elbv2.k8s.aws';
const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef';
const app = { name: 'shop', targetGroupArn: arn };

let world: World;

beforeAll(async () => {
  world = await startWorld({ withTargetgate: true });
  await world.apply([namespace(app), service(app)]);
});

afterAll(() => world.close());

/** The binding as it should be, with other fields in its spec (null takes one out) and its metadata. */
function bindingWith(spec: object, metadata: object = {}): Manifest {
  const good = binding(app);
  return {
    ...good,
    metadata: { ...good.metadata, ...metadata },
    spec: { ...(good['spec'] as object), ...spec },
  };
}

const json = (object: Manifest): string => JSON.stringify(object, (_, value: unknown) => value ?? undefined);

/** What kubectl says of an object that is not really applied; undefined where it is content. */
async function complaint(object: Manifest, ...flags: string[]): Promise<string | undefined> {
  const args = ['apply', '--dry-run=server', ...flags, '-f', '-'];
  return world.kubectl(args, json(object)).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
}

/** Waits until the API server or the webhook has learnt of what was changed before. */
const untilComplaint = (object: Manifest, expected: string | undefined): Promise<void> =>
  world.until(`kubectl says ${expected ?? 'nothing'}`, async () => {
    const said = await complaint(object);
    const isSo = expected === undefined ? said === undefined : said?.includes(expected);
    return isSo ? { done: undefined } : { still: said ?? 'nothing' };
  });

const fromWebhook = 'admission webhook "bindings.targetgate.dev" denied the request:';

it('what LBC takes is accepted without a word', async () => {
  const accepted = [
    binding(app),
    bindingWith({ targetGroupARN: null, targetGroupName: 'web' }),
    bindingWith({ targetGroupARN: '', targetGroupName: 'web', vpcID: '' }),
    bindingWith({ targetType: 'instance', nodeSelector: { matchLabels: { a: 'b' } } }),
    bindingWith({ iamRoleArnToAssume: 'arn:aws:iam::111122223333:role/a/b', assumeRoleExternalId: 'x' }),
  ];
  for (const object of accepted) expect(await complaint(object, '--warnings-as-errors')).toBeUndefined();
});

describe('the API server itself refuses', () => {
  it.each([
    [
      'a binding of no target group',
      { targetGroupARN: null },
      'spec: Required value: a binding needs a target group: set targetGroupARN or targetGroupName',
    ],
    [
      'an ARN that is none',
      { targetGroupARN: 'web' },
      'spec.targetGroupARN: Invalid value: "web": must be the ARN of a target group: arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID',
    ],
    [
      'a role that is none',
      { iamRoleArnToAssume: 'web' },
      'spec.iamRoleArnToAssume: Invalid value: "web": must be the ARN of an IAM role: arn:aws:iam::ACCOUNT:role/NAME',
    ],
    [
      'an external ID for no role',
      { assumeRoleExternalId: 'x' },
      'spec.assumeRoleExternalId: Forbidden: is for assuming a role: set iamRoleArnToAssume, or leave it out',
    ],
    [
      'a node selector for IP targets',
      { nodeSelector: {} },
      'spec.nodeSelector: Forbidden: selects instances: set targetType to instance, or leave it out',
    ],
  ])('%s', async (_, spec, message) => {
    expect(await complaint(bindingWith(spec))).toContain(
      `The TargetGroupBinding "shop" is invalid: ${message}`,
    );
  });

  it('another target type', async () => {
    await world.apply([binding(app)]);
    expect(await complaint(bindingWith({ targetType: 'instance' }))).toContain(
      'spec.targetType: Forbidden: cannot change once it is set: make a second binding that has the new value, then delete this one',
    );
  });
});

describe('the webhook refuses', () => {
  it.each([
    ['a VPC that is none', bindingWith({ vpcID: 'shop' }), 'spec.vpcID: must be the ID of a VPC'],
    [
      'an annotation that cannot be read',
      bindingWith({}, { annotations: { 'elbv2.k8s.aws/gate-policy': 'miror' } }),
      'metadata.annotations: annotation elbv2.k8s.aws/gate-policy is "miror": it must be mirror or latch',
    ],
    [
      'another target group',
      bindingWith({ targetGroupARN: arn.replace('/web/', '/api/') }),
      'spec.targetGroupARN: cannot change once it is set',
    ],
  ])('%s', async (_, object, message) => {
    await world.apply([binding(app)]);
    expect(await complaint(object)).toContain(`${fromWebhook} ${message}`);
  });

  it('field report 22: a target group that the namespace may not bind', async () => {
    const annotate = (value: string): Promise<string> =>
      world.kubectl(['annotate', 'namespace/shop', `elbv2.k8s.aws/allowed-target-groups${value}`]);
    const second = bindingWith({}, { name: 'second' });
    await annotate('=api team-*');
    await untilComplaint(
      second,
      `(Forbidden): error when creating "STDIN": ${fromWebhook} namespace shop, by its annotation elbv2.k8s.aws/allowed-target-groups, may bind api team-*, not web;`,
    );
    await annotate('-');
    await untilComplaint(second, undefined);
  });
});

it('kubectl shows the webhook’s warnings', async () => {
  const said = await complaint(bindingWith({ networking: { ingress: [] } }), '--warnings-as-errors');
  expect(said).toContain(
    'Warning: targetgate: spec.networking: has no effect: targetgate manages no security groups; let the load balancer reach the targets by rules of your own',
  );
});

it('kubectl’s columns answer whether it is fine', async () => {
  const header = async (...flags: string[]): Promise<string | undefined> =>
    (await world.kubectl(['get', 'targetgroupbindings', '-n', 'shop', ...flags])).split('\n')[0];
  expect(await header()).toMatch(
    /^NAME +SERVICE-NAME +SERVICE-PORT +TARGET-TYPE +READY +REASON +DESIRED +HEALTHY +AGE$/,
  );
  expect(await header('-o', 'wide')).toMatch(
    / DESIRED +HEALTHY +DRAINING +FOREIGN +OUTLASTS-DRAIN +ARN +AGE$/,
  );
});

describe('nothing is in the way of', () => {
  const hold = { finalizers: ['example.com/hold'] };
  const inShop = ['-n', 'shop'];
  const patch = (name: string, body: object): Promise<string> =>
    world.kubectl(['patch', name, ...inShop, '--type=merge', '-p', JSON.stringify(body)]);
  /** Ends a binding without waiting for the syncer, which drains it first. */
  const end = async (name: string): Promise<void> => {
    await patch(name, { metadata: { finalizers: [] } });
    await world.kubectl(['wait', '--for=delete', name, ...inShop, '--timeout=30s']);
  };

  it('LBC#2341: the end of a binding that is wrong', async () => {
    await world.apply([bindingWith({}, { name: 'ends', ...hold })]);
    const name = 'targetgroupbinding/ends';
    await world.kubectl(['delete', name, ...inShop, '--wait=false']);
    const annotations = { 'elbv2.k8s.aws/gate-policy': 'miror' };
    await patch(name, { spec: { vpcID: 'shop' }, metadata: { annotations } });
    await end(name);
  });

  it('labels on a binding from before the rules, and its end; but its spec cannot change and stay wrong', async () => {
    const old = bindingWith({ targetGroupARN: 'web', nodeSelector: {} }, { name: 'old', ...hold });
    const name = 'targetgroupbinding/old';
    const rulesAt = ['/spec', '/spec/properties/targetGroupARN', '/spec/properties/iamRoleArnToAssume'].map(
      (path) => `/spec/versions/0/schema/openAPIV3Schema/properties${path}/x-kubernetes-validations`,
    );
    const withoutRules = rulesAt.map((path) => ({ op: 'remove', path }));
    const manifest = await world.kubectl(['get', crd, '-o', 'json']);
    // As in a cluster that had LBC's CRD, and no webhook of targetgate's.
    await world.kubectl(['delete', 'validatingwebhookconfiguration/targetgate']);
    await world.kubectl(['patch', crd, '--type=json', '-p', JSON.stringify(withoutRules)]);
    await untilComplaint(old, undefined);
    await world.apply([old]);

    const { spec } = JSON.parse(manifest) as { spec: object };
    await world.kubectl(['patch', crd, '--type=merge', '-p', JSON.stringify({ spec })]);
    await untilComplaint(bindingWith({ targetGroupARN: 'web' }, { name: 'new' }), 'must be the ARN');
    await world.kubectl(['label', name, ...inShop, 'team=a']);
    const edited = bindingWith({ targetGroupARN: 'web', nodeSelector: {}, vpcID: '' }, { name: 'old' });
    expect(await complaint(edited)).toContain('spec.nodeSelector: Forbidden: selects instances');
    await world.kubectl(['delete', name, ...inShop, '--wait=false']);
    await end(name);
  });
});
