import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHarness, key, putInService, settle, type Harness } from './fixtures.ts';

let harness: Harness;
const bindingReads = (): number =>
  harness.api.reads.filter((read) => read.endsWith('/targetgroupbindings/web')).length;

beforeEach(() => {
  harness = createHarness();
});

afterEach(() => harness.stop());

describe('a gate that names a binding which never was', () => {
  it('opens, after the API server was asked (LBC#2393, #1764, #2695)', async () => {
    harness.setPod(1);
    await settle();
    expect(bindingReads()).toBe(1);
    expect(harness.gateOf(1)).toMatchObject({ status: 'True', reason: 'BindingNotFound' });
  });

  it('stays closed when the binding is made before the answer is there', async () => {
    const { promise: answer, resolve: letGo } = Promise.withResolvers<void>();
    harness.api.slowness.reads = answer;
    harness.setPod(1);
    await settle();
    expect(bindingReads()).toBe(1);
    harness.setBinding({ uid: 'binding-1' });
    letGo();
    await harness.clock.advance(10_000);
    expect(harness.isOpen(1)).toBe(false);
    expect(harness.elb.registered()).toEqual([key(1)]);
  });

  it('stays closed while only the cache lacks the binding', async () => {
    harness.api.bindings.set('web', { uid: 'binding-1', resourceVersion: '1', finalizers: [] });
    harness.setPod(1);
    await harness.clock.advance(10_000);
    expect(harness.isOpen(1)).toBe(false);
    expect(bindingReads()).toBeLessThan(10);
  });
});

describe('a binding', () => {
  beforeEach(async () => {
    harness.setBinding({ uid: 'binding-1' });
    await putInService(harness, [1, 2]);
  });

  it('that is gone, although it had a finalizer, takes its targets with it', async () => {
    harness.setBinding(undefined);
    await harness.clock.advance(10_000);
    expect(harness.elb.registered()).toEqual([]);
    harness.setPod(3);
    await settle();
    expect(harness.isOpen(3)).toBe(true);
  });

  it('that a new list lacks keeps its targets while the API server has it', async () => {
    harness.setPod(3);
    await harness.clock.advance(2_000);
    harness.loseSightOfBinding();
    await harness.clock.advance(300_000);
    expect(harness.elb.registered()).toEqual([1, 2, 3].map(key));
    expect(harness.isOpen(3)).toBe(false);
    expect(bindingReads()).toBeLessThan(30);
  });
});

it('a binding of which only the ledger is left takes its targets with it', async () => {
  harness.setBinding({ uid: 'binding-1' });
  await putInService(harness, [1, 2]);
  await harness.stop();
  harness.setBinding(undefined);
  await harness.restart();
  harness.endLost([{ namespace: 'shop', name: 'web', uid: 'binding-1', targetGroupArn: undefined }]);
  await harness.clock.advance(10_000);
  expect(harness.elb.registered()).toEqual([]);
});
