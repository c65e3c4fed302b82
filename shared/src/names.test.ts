import { describe, expect, it } from '@jest/globals';
import { isTargetHealthGate, lbcGroup, legacyGatePrefix, namesOf } from './names.ts';

describe("the names of LBC's group", () => {
  const names = namesOf(lbcGroup);

  it.each([
    [
      'the bindings are where LBC has them',
      names.bindingsPath,
      '/apis/elbv2.k8s.aws/v1beta1/targetgroupbindings',
    ],
    ["the namespace label is LBC's", names.injectLabel, 'elbv2.k8s.aws/pod-readiness-gate-inject'],
    ["the finalizer is LBC's", names.finalizer, 'elbv2.k8s.aws/resources'],
    ["the gate of a binding is LBC's condition type", names.gate('web'), 'target-health.elbv2.k8s.aws/web'],
    ['the ledger of a binding is a ConfigMap of its own', names.ledger('web'), 'targets.elbv2.k8s.aws.web'],
  ])('%s', (_, name, expected) => {
    expect(name).toBe(expected);
  });
});

describe('the names of another group', () => {
  const names = namesOf('targetgate.dev');

  it('share none with the group of LBC, so that both can run in one cluster', () => {
    const allOf = (group: string): string[] => {
      const of = namesOf(group);
      return [of.bindingsPath, of.injectLabel, of.finalizer, of.gate('web'), of.ledger('web')];
    };
    const shared = new Set(allOf('targetgate.dev')).intersection(new Set(allOf(lbcGroup)));
    expect([...shared]).toEqual([]);
  });

  it.each([
    ['the gate of a binding leads back to it', names.gate('web'), 'web'],
    ["the gate of LBC's group is not ours", namesOf(lbcGroup).gate('web'), undefined],
    ["somebody else's condition is no gate of a binding", 'example.com/ready', undefined],
  ])('%s', (_, type, binding) => {
    expect(names.bindingOfGate(type)).toBe(binding);
  });
});

describe('a health gate', () => {
  it.each([
    ['of our group is one', namesOf(lbcGroup).gate('web'), true],
    ['of any other group is one', namesOf('targetgate.dev').gate('web'), true],
    ['of LBC v1 is one', `${legacyGatePrefix}web`, true],
    ['is not what another owner waits for', 'example.com/ready', false],
  ])('%s', (_, type, expected) => {
    expect(isTargetHealthGate(type)).toBe(expected);
  });
});
