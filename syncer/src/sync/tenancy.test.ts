import { afterEach, describe, expect, it } from '@jest/globals';
import { annotation, createHarness, key, putInService, settle, type Harness } from './fixtures.ts';

// LBC lets every namespace bind every target group of the account; its docs only warn of it.

let harness: Harness;
const targetGroupARN =
  'arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/shop-web/0123456789abcdef';
const setBinding = (): void => harness.setBinding({ uid: 'binding-1' }, { targetGroupARN });
const allow = (globs: string): void =>
  harness.setNamespace({ metadata: { annotations: annotation('allowed-target-groups', globs) } });

afterEach(() => harness.stop());

describe('a namespace that may not bind a target group, by its annotation,', () => {
  it('registers nothing with it, and the status and the gates name the rule', async () => {
    harness = createHarness();
    allow('other-*');
    setBinding();
    harness.setPod(1);
    await harness.clock.advance(120_000);
    expect(harness.elb.changes()).toEqual([]);
    expect(harness.conditionOf('Ready')).toBe('False TargetGroupNotAllowed');
    expect(harness.gateOf(1)).toMatchObject({ status: 'False', reason: 'TargetGroupNotAllowed' });
    expect(harness.gateOf(1)?.message).toContain('may bind other-*, not shop-web');
  });

  it('registers when it is allowed to', async () => {
    harness = createHarness();
    allow('other-*');
    setBinding();
    harness.setPod(1);
    await settle();
    allow('other-*, shop-*');
    await settle();
    expect(harness.elb.registered()).toEqual([key(1)]);
  });

  it('keeps what it has, where the rule is newer; but a pod that is deleted leaves', async () => {
    harness = createHarness();
    setBinding();
    await putInService(harness, [1, 2]);
    allow('other-*');
    await harness.clock.advance(600_000);
    expect(harness.elb.registered()).toEqual([1, 2].map(key));
    harness.changePod(1, { terminating: true });
    await settle();
    expect(harness.elb.registered()).toEqual([key(2)]);
  });
});

describe('where target groups must carry a tag with the name of the namespace,', () => {
  const tagged = (tags: Record<string, string> | undefined): void => {
    harness.elb.facts.current = { ...harness.elb.facts.current, tags };
  };
  const start = (): void => {
    harness = createHarness({ options: { tenancy: { allowed: ['*'], tagKey: 'owner' } } });
  };

  it('one of another namespace is refused, until its owner changes the tag', async () => {
    start();
    tagged({ owner: 'bank' });
    setBinding();
    harness.setPod(1);
    await harness.clock.advance(60_000);
    expect(harness.elb.changes()).toEqual([]);
    expect(harness.conditionOf('Ready')).toBe('False TargetGroupNotAllowed');
    expect(harness.gateOf(1)?.message).toContain('owner=bank');
    tagged({ owner: 'shop' });
    await harness.clock.advance(660_000);
    expect(harness.elb.registered()).toEqual([key(1)]);
  });

  it('one with the right tag is bound at once', async () => {
    start();
    tagged({ owner: 'shop' });
    setBinding();
    harness.setPod(1);
    await settle();
    expect(harness.elb.registered()).toEqual([key(1)]);
  });

  it('nothing is registered before the tags are known', async () => {
    start();
    tagged({ owner: 'shop' });
    harness.elb.refusals.set('facts', { reason: 'AccessDenied', message: 'DescribeTags' });
    setBinding();
    harness.setPod(1);
    await harness.clock.advance(60_000);
    expect(harness.elb.changes()).toEqual([]);
    harness.elb.refusals.clear();
    await harness.clock.advance(31_000);
    expect(harness.elb.registered()).toEqual([key(1)]);
  });
});
