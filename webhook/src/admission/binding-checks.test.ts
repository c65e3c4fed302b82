import { describe, expect, it } from '@jest/globals';
import { apiNamespace, apiService, snapshotOf } from '@targetgate/shared/fixtures';
import { namesOf } from '@targetgate/shared/names';
import fc from 'fast-check';
import { parseBinding } from './binding-at-admission.ts';
import { checksOfBinding } from './binding-checks.ts';

const names = namesOf('elbv2.k8s.aws');
const arnOf = (name: string): string =>
  `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/0123456789abcdef`;
const arn = arnOf('web');
const role = 'arn:aws:iam::111122223333:role/path/web';

interface Row {
  /** Added to a spec that is as it should be; undefined takes a field out. */
  spec?: Record<string, unknown>;
  /** Of the binding before an update: the same spec, and these. */
  before?: Record<string, unknown>;
  name?: string;
  annotations?: Record<string, string>;
  /** The namespace's list; `null`: the namespace has not been seen. */
  allowed?: string | null;
  allowedByDefault?: string[];
}

const bindingOf = (row: Row, more: Row['spec'] = {}) =>
  parseBinding(
    {
      metadata: { name: row.name ?? 'web', annotations: row.annotations ?? {} },
      // Through JSON, as it arrives: what is undefined is not there.
      spec: JSON.parse(
        JSON.stringify({
          targetGroupARN: arn,
          targetType: 'ip',
          serviceRef: { name: 'web', port: 80 },
          ...more,
        }),
      ) as unknown,
    },
    'object',
  );

function check(row: Row) {
  const annotations =
    typeof row.allowed === 'string' ? { 'elbv2.k8s.aws/allowed-target-groups': row.allowed } : {};
  return checksOfBinding({
    after: bindingOf(row, row.spec),
    before: row.before && bindingOf({ ...row, annotations: {} }, row.before),
    namespace: 'shop',
    view: snapshotOf({
      services: [apiService()],
      namespaces: row.allowed === null ? [] : [apiNamespace({ metadata: { name: 'shop', annotations } })],
    }),
    names,
    allowedByDefault: row.allowedByDefault ?? ['*'],
  });
}

describe('a binding is accepted without a word', () => {
  it.each<[string, Row]>([
    ['that is as it should be', {}],
    ['that gives the name of its group', { spec: { targetGroupARN: undefined, targetGroupName: 'web' } }],
    ['that gives ARN and name of one group, as LBC makes it', { spec: { targetGroupName: 'web' } }],
    [
      'whose empty texts stand for nothing',
      { spec: { targetGroupName: '', vpcID: '', iamRoleArnToAssume: '' } },
    ],
    ['of GovCloud', { spec: { targetGroupARN: arn.replace('arn:aws', 'arn:aws-us-gov') } }],
    ['that leaves its type to be found out', { spec: { targetType: undefined, nodeSelector: {} } }],
    ['of instances with a selector', { spec: { targetType: 'instance', nodeSelector: {} } }],
    ['of another account', { spec: { iamRoleArnToAssume: role, assumeRoleExternalId: 'x' } }],
    ['in a VPC', { spec: { vpcID: 'vpc-0123456789abcdef0' } }],
    ['whose name is as long as a gate takes', { name: 'w'.repeat(63) }],
    [
      'of instances, whatever the length of its name',
      { name: 'w'.repeat(64), spec: { targetType: 'instance' } },
    ],
    ['whose annotations can be read', { annotations: { 'elbv2.k8s.aws/gate-policy': 'latch' } }],
    ['that its namespace may have', { allowed: 'web' }],
    ['that cannot be judged without the namespace', { allowed: null, allowedByDefault: [] }],
    [
      'that cannot be judged without the ARN',
      { spec: { targetGroupARN: undefined, targetGroupName: 'web' }, allowed: arnOf('api') },
    ],
  ])('%s', (_, row) => {
    expect(check(row)).toEqual({ refusal: undefined, warnings: [] });
  });
});

describe('a binding is refused', () => {
  it.each<[string, Row, string]>([
    [
      'that names no group',
      { spec: { targetGroupARN: '' } },
      'spec: a binding needs a target group: set targetGroupARN or targetGroupName',
    ],
    [
      'whose ARN is none',
      { spec: { targetGroupARN: 'web' } },
      'spec.targetGroupARN: must be the ARN of a target group:',
    ],
    [
      'whose ARN is a load balancer’s',
      { spec: { targetGroupARN: arn.replace('targetgroup/', 'loadbalancer/app/') } },
      'spec.targetGroupARN: must be the ARN of a target group:',
    ],
    [
      'whose role is none',
      { spec: { iamRoleArnToAssume: 'web' } },
      'spec.iamRoleArnToAssume: must be the ARN of an IAM role: arn:aws:iam::ACCOUNT:role/NAME',
    ],
    [
      'that has an external ID for no role',
      { spec: { assumeRoleExternalId: 'x' } },
      'spec.assumeRoleExternalId: is for assuming a role: set iamRoleArnToAssume, or leave it out',
    ],
    [
      'whose VPC is none',
      { spec: { vpcID: 'shop' } },
      'spec.vpcID: must be the ID of a VPC: vpc- and 8 or more',
    ],
    [
      'that selects nodes for IP targets',
      { spec: { nodeSelector: {} } },
      'spec.nodeSelector: selects instances: set targetType to instance, or leave it out',
    ],
    [
      'whose annotation cannot be read',
      { annotations: { 'elbv2.k8s.aws/gate-policy': 'miror' } },
      'metadata.annotations: annotation elbv2.k8s.aws/gate-policy is "miror": it must be mirror or latch',
    ],
    [
      'that would remove targets of other clusters',
      {
        spec: { multiClusterTargetGroup: true },
        annotations: { 'elbv2.k8s.aws/foreign-targets': 'remove' },
      },
      'metadata.annotations: annotation elbv2.k8s.aws/foreign-targets is remove, but multiClusterTargetGroup says',
    ],
  ])('%s', (_, row, message) => {
    const { refusal } = check(row);
    expect(refusal).toMatchObject({ code: 422, reason: 'Invalid' });
    expect(refusal?.message).toContain(message);
  });

  it('for all of its mistakes at once', () => {
    const { refusal } = check({ spec: { targetGroupARN: 'web', vpcID: 'shop', nodeSelector: {} } });
    expect(refusal?.message.split('; spec').length).toBe(3);
  });

  it('that its namespace may not have, by the rule that says so', () => {
    expect(check({ allowed: 'api' }).refusal).toEqual({
      code: 403,
      reason: 'Forbidden',
      message: expect.stringContaining(
        'namespace shop, by its annotation elbv2.k8s.aws/allowed-target-groups, may bind api, not web;',
      ),
    });
    expect(check({ allowedByDefault: ['api'] }).refusal).toMatchObject({ code: 403 });
  });
});

describe('an update', () => {
  const byName = { targetGroupARN: undefined, targetGroupName: 'web' };

  it.each<[string, Row]>([
    ['may write down the ARN of the group that was named', { before: byName }],
    ['may go over to the name of the group', { before: {}, spec: byName }],
    ['may add the name that the ARN has', { before: {}, spec: { targetGroupName: 'web' } }],
    ['may put a group where there was none', { before: { targetGroupARN: undefined } }],
    ['may put an ARN in the place of what is none', { before: { targetGroupARN: 'web' } }],
    ['may say more in annotations, whatever its namespace may bind by now', { before: {}, allowed: 'api' }],
    ['may set the type that was left out', { before: { targetType: undefined } }],
    ['may say ipv4, which was meant', { before: {}, spec: { ipAddressType: 'ipv4' } }],
    ['may say the VPC', { before: {}, spec: { vpcID: 'vpc-01234567' } }],
    [
      'may put a VPC in the place of what is none',
      { before: { vpcID: 'shop' }, spec: { vpcID: 'vpc-01234567' } },
    ],
    ['may change the port', { before: { serviceRef: { name: 'web', port: 8080 } } }],
  ])('%s', (_, row) => {
    expect(check(row).refusal).toBeUndefined();
  });

  it.each<[string, string, Row]>([
    ['targetGroupARN', 'to another ARN', { before: { targetGroupARN: arnOf('api') } }],
    ['targetGroupARN', 'to the ARN of another name', { before: { ...byName, targetGroupName: 'api' } }],
    ['targetGroupName', 'to another name', { before: { ...byName, targetGroupName: 'api' }, spec: byName }],
    [
      'targetGroupName',
      'to the name of another ARN',
      { before: { targetGroupARN: arnOf('api') }, spec: byName },
    ],
    ['targetType', 'to the other', { before: { targetType: 'instance' } }],
    ['targetType', 'to nothing', { before: {}, spec: { targetType: undefined } }],
    ['ipAddressType', 'to the other', { before: {}, spec: { ipAddressType: 'ipv6' } }],
    ['ipAddressType', 'to nothing, where it was not ipv4', { before: { ipAddressType: 'ipv6' } }],
    ['vpcID', 'to another', { before: { vpcID: 'vpc-01234567' }, spec: { vpcID: 'vpc-89abcdef' } }],
    ['vpcID', 'to nothing', { before: { vpcID: 'vpc-01234567' } }],
  ])('may not change %s %s', (field, _, row) => {
    expect(check(row).refusal).toEqual({
      code: 422,
      reason: 'Invalid',
      message: `spec.${field}: cannot change once it is set: make a second binding that has the new value, then delete this one`,
    });
  });
});

describe('the user is warned', () => {
  it.each<[string, Row, string]>([
    [
      'of two groups in one binding',
      { spec: { targetGroupName: 'api' } },
      'targetgate: spec.targetGroupName: is not read, as targetGroupARN wins, and that is of the target group web; leave one of them out',
    ],
    [
      'of a name that is too long for a gate',
      { name: 'w'.repeat(64) },
      'targetgate: metadata.name: is longer than 63 characters, so pods get no readiness gate; make a binding with a shorter one',
    ],
    [
      'of security groups that nobody opens',
      { spec: { networking: { ingress: [] } } },
      'targetgate: spec.networking: has no effect: targetgate manages no security groups; let the load balancer reach the targets by rules of your own',
    ],
    [
      'of instances in another account',
      { spec: { targetType: 'instance', iamRoleArnToAssume: role } },
      'targetgate: spec.iamRoleArnToAssume: a target group of another account cannot have instances of this one; use targetType ip',
    ],
    [
      'of a service that does not exist',
      { spec: { serviceRef: { name: 'wbe', port: 80 } } },
      'targetgate: spec.serviceRef.name: there is no service wbe in namespace shop yet; create it, or change the name',
    ],
  ])('%s', (_, row, warning) => {
    expect(check(row)).toEqual({ refusal: undefined, warnings: [warning] });
  });

  it('in 256 characters at most, whatever the names', () => {
    const name = fc.string({ unit: fc.constantFrom('w', '-', 'é'), minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(name, name, (group, service) => {
        const { warnings } = check({
          name: 'w'.repeat(253),
          spec: {
            targetGroupARN: arnOf(group.replaceAll(/[^w]/g, '-')),
            targetGroupName: 'x',
            serviceRef: { name: service, port: 80 },
            networking: {},
          },
        });
        expect(warnings).toHaveLength(4);
        expect(Math.max(...warnings.map((warning) => Buffer.byteLength(warning)))).toBeLessThanOrEqual(256);
      }),
    );
  });
});
