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
    ['an annotation is one of the group', names.annotation('gate-policy'), 'elbv2.k8s.aws/gate-policy'],
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
      return [
        of.bindingsPath,
        of.injectLabel,
        of.evictionLabel,
        of.finalizer,
        of.gate('web'),
        of.annotation('a'),
        of.ledger('web'),
      ];
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

describe('the ledger of a binding with a long name', () => {
  const ledger = (bindingName: string): string => namesOf(lbcGroup).ledger(bindingName);
  const longest = 253;
  /** A DNS subdomain of RFC 1123, which is what the API server takes as a ConfigMap's name. */
  const valid = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
  const prefix = 'targets.elbv2.k8s.aws.';

  it('has its whole name as long as that fits', () => {
    const name = 'a'.repeat(longest - prefix.length);
    expect(ledger(name)).toBe(prefix + name);
  });

  it.each([
    ['is one more than fits', 'a'.repeat(longest - prefix.length + 1)],
    ['is as long as a name may be', 'a'.repeat(longest)],
    ['is cut at dots', `${'a'.repeat(212)}${'.b'.repeat(20)}`],
    ['is cut at dashes', `a${'-'.repeat(251)}b`],
  ])('is a name that the API server takes, where the name %s', (_, name) => {
    expect(ledger(name)).toMatch(valid);
    expect(ledger(name).length).toBeLessThanOrEqual(longest);
  });

  it('is another than that of a name which differs only at the end', () => {
    const stem = 'a'.repeat(longest - 1);
    expect(ledger(`${stem}b`)).not.toBe(ledger(`${stem}c`));
  });

  it('is the same every time', () => {
    expect(ledger('a'.repeat(longest))).toBe(ledger('a'.repeat(longest)));
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
