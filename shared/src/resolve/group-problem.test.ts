import { describe, expect, it } from '@jest/globals';
import { apiBinding, type ApiObject } from '../fixtures/cluster.ts';
import { projectBinding, type TargetGroupFacts } from '../model/index.ts';
import { groupFacts } from './fixtures.ts';
import { groupProblemOf } from './group-problem.ts';
import type { Problem } from './problem.ts';

interface Case {
  readonly fact: string;
  /** The spec of the binding, where it differs from one that says targetType ip alone. */
  readonly says?: Record<string, unknown>;
  readonly status?: ApiObject['status'];
  /** Undefined: the group is not known. */
  readonly group?: Partial<TargetGroupFacts>;
  readonly problem: Problem['reason'] | undefined;
  /** What the message tells. */
  readonly tells?: string;
}

const untyped = { targetType: undefined };
const typeInStatus = { targetGroup: { arn: 'arn:web', targetType: 'ip' } };

const cases: Case[] = [
  { fact: 'that fits its group has no problem', group: {}, problem: undefined },
  { fact: 'whose group is not known yet has no problem', problem: undefined },
  {
    fact: 'that names no group has a problem',
    says: { targetGroupARN: undefined },
    problem: 'TargetGroupNotSet',
    tells: 'set targetGroupARN or targetGroupName',
  },
  {
    fact: 'LBC#3668: of ip targets, on a group of instances, is told so before ELB refuses every target',
    group: { targetType: 'instance' },
    problem: 'TargetTypeMismatch',
    tells: 'targetType is ip, but target group web has targets of type instance',
  },
  {
    fact: 'of instances, on a group of ip targets, is told so',
    says: { targetType: 'instance' },
    group: {},
    problem: 'TargetTypeMismatch',
    tells: 'targetType is instance, but target group web has targets of type ip',
  },
  {
    fact: 'of ip targets, on a group for a lambda, is told what the group is',
    group: { targetType: 'lambda' },
    problem: 'TargetTypeMismatch',
    tells: 'lambda',
  },
  {
    fact: 'without targetType waits for the facts of its group',
    says: untyped,
    problem: 'TargetTypeUnknown',
    tells: 'being found out',
  },
  {
    fact: 'without targetType does not wait where its status remembers the type',
    says: untyped,
    status: typeInStatus,
    problem: undefined,
  },
  {
    fact: 'without targetType knows from its status that its group cannot serve it',
    says: untyped,
    status: { targetGroup: { arn: 'arn:web', targetType: 'lambda' } },
    problem: 'TargetTypeNotSupported',
    tells: 'lambda',
  },
  { fact: 'without targetType takes that of its group', says: untyped, group: {}, problem: undefined },
  {
    fact: 'without targetType believes its group more than its status',
    says: untyped,
    status: typeInStatus,
    group: { targetType: 'lambda' },
    problem: 'TargetTypeNotSupported',
  },
  ...['lambda', 'alb'].map((targetType) => ({
    fact: `without targetType has no targets where the group is for ${targetType}`,
    says: untyped,
    group: { targetType },
    problem: 'TargetTypeNotSupported' as const,
    tells: targetType,
  })),
  {
    fact: 'LBC#4775: of IPv6 addresses, on a group of IPv4, is told so, and the remedy',
    says: { ipAddressType: 'ipv6' },
    group: {},
    problem: 'AddressFamilyMismatch',
    tells: 'ipAddressType is ipv6, but target group web takes ipv4 targets: leave ipAddressType out',
  },
  {
    fact: 'LBC#4775: that leaves the family out takes that of its group',
    group: { ipAddressType: 'ipv6' },
    problem: undefined,
  },
  {
    fact: 'that says the family of its group has no problem',
    says: { ipAddressType: 'ipv6' },
    group: { ipAddressType: 'ipv6' },
    problem: undefined,
  },
  {
    fact: 'that says another VPC than its group is in is told so, and the remedy',
    says: { vpcID: 'vpc-2' },
    group: { vpcId: 'vpc-1' },
    problem: 'VpcMismatch',
    tells: 'vpcID is vpc-2, but target group web is in vpc-1: leave vpcID out',
  },
  {
    fact: 'that says the VPC of its group has no problem',
    says: { vpcID: 'vpc-1' },
    group: { vpcId: 'vpc-1' },
    problem: undefined,
  },
  {
    fact: 'that says a VPC has no problem with a group that tells none',
    says: { vpcID: 'vpc-2' },
    group: { vpcId: undefined },
    problem: undefined,
  },
];

describe('a binding', () => {
  it.each(cases)('$fact', ({ says = {}, status, group, problem, tells = '' }) => {
    const binding = projectBinding(apiBinding({ spec: says, ...(status && { status }) }));
    const found = groupProblemOf(binding, group && groupFacts(group));
    expect(found?.reason).toBe(problem);
    expect(found?.message ?? '').toContain(tells);
  });
});
