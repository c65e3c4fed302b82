import { describe, expect, it } from '@jest/globals';
import { lbcGroup, namesOf } from '../names.ts';
import {
  defaultBindingSettings,
  parseShare,
  settingsOfBinding,
  type BindingSettings,
  type SettingsOfBinding,
} from './binding-settings.ts';

/** The settings of a binding with these annotations of the API group. */
function read(
  annotations: Record<string, string>,
  { multiCluster = false, defaults = defaultBindingSettings } = {},
): SettingsOfBinding {
  const named = Object.entries(annotations).map(([key, value]) => [`elbv2.k8s.aws/${key}`, value]);
  const binding = { annotations: Object.fromEntries(named) as Record<string, string>, multiCluster };
  return settingsOfBinding(binding, namesOf(lbcGroup), defaults);
}

describe('the settings of a binding', () => {
  it('are the defaults where it says nothing', () => {
    expect(read({})).toEqual({ settings: defaultBindingSettings, mistakes: [] });
  });

  it("are the operator's where it says nothing", () => {
    const defaults: BindingSettings = {
      gatePolicy: 'latch',
      gateFloor: 0.25,
      notInUse: 'wait',
      foreignTargets: 'remove',
      allowRemovalsUntil: undefined,
      terminationProfile: 'routing',
      routingMarginSeconds: 7,
    };
    expect(read({}, { defaults })).toEqual({ settings: defaults, mistakes: [] });
  });

  it.each<[string, string, Partial<BindingSettings>]>([
    ['gate-policy', 'mirror', { gatePolicy: 'mirror' }],
    ['gate-policy', 'latch', { gatePolicy: 'latch' }],
    ['gate-policy', ' latch\n', { gatePolicy: 'latch' }],
    ['gate-floor', '75%', { gateFloor: 0.75 }],
    ['gate-floor', '0', { gateFloor: 0 }],
    ['target-not-in-use', 'open', { notInUse: 'open' }],
    ['target-not-in-use', 'wait', { notInUse: 'wait' }],
    ['foreign-targets', 'keep', { foreignTargets: 'keep' }],
    ['foreign-targets', 'remove', { foreignTargets: 'remove' }],
    ['allow-removals-until', '2026-01-02T15:04:05Z', { allowRemovalsUntil: Date.UTC(2026, 0, 2, 15, 4, 5) }],
    ['allow-removals-until', '2026-01-02T15:04+02:00', { allowRemovalsUntil: Date.UTC(2026, 0, 2, 13, 4) }],
    [
      'allow-removals-until',
      '2026-01-02T15:04:05.5Z',
      { allowRemovalsUntil: Date.UTC(2026, 0, 2, 15, 4, 5, 500) },
    ],
    ['termination-profile', 'drain', { terminationProfile: 'drain' }],
    ['termination-profile', 'routing', { terminationProfile: 'routing' }],
    ['routing-margin', '25s', { routingMarginSeconds: 25 }],
    ['routing-margin', '2m', { routingMarginSeconds: 120 }],
  ])('say %s: %j', (key, value, expected) => {
    const opposite: BindingSettings = {
      gatePolicy: expected.gatePolicy === 'latch' ? 'mirror' : 'latch',
      gateFloor: 1,
      notInUse: expected.notInUse === 'wait' ? 'open' : 'wait',
      foreignTargets: expected.foreignTargets === 'remove' ? 'keep' : 'remove',
      allowRemovalsUntil: undefined,
      terminationProfile: expected.terminationProfile === 'routing' ? 'drain' : 'routing',
      routingMarginSeconds: 1,
    };
    expect(read({ [key]: value }, { defaults: opposite })).toEqual({
      settings: { ...opposite, ...expected },
      mistakes: [],
    });
  });

  it.each([
    ['gate-policy', 'Mirror', 'mirror or latch'],
    ['gate-policy', '', 'mirror or latch'],
    ['gate-floor', '150%', 'a share such as 50% or 0.5'],
    ['gate-floor', '2', 'a share such as 50% or 0.5'],
    ['gate-floor', '-0.5', 'a share such as 50% or 0.5'],
    ['gate-floor', 'half', 'a share such as 50% or 0.5'],
    ['target-not-in-use', 'close', 'open or wait'],
    ['foreign-targets', 'delete', 'keep or remove'],
    ['allow-removals-until', '2026-01-02', 'a time such as 2026-01-02T15:04:05Z'],
    ['allow-removals-until', '2026-01-02T15:04:05', 'a time such as 2026-01-02T15:04:05Z'],
    ['allow-removals-until', '2026-13-02T15:04:05Z', 'a time such as 2026-01-02T15:04:05Z'],
    ['allow-removals-until', 'always', 'a time such as 2026-01-02T15:04:05Z'],
    ['termination-profile', 'graceful', 'drain or routing'],
    ['routing-margin', '25', 'a duration such as 25s or 2m'],
    ['routing-margin', '0s', 'a duration such as 25s or 2m'],
  ])('count %s: %j as left out, and say what it must be', (key, value, expected) => {
    expect(read({ [key]: value })).toEqual({
      settings: defaultBindingSettings,
      mistakes: [`annotation elbv2.k8s.aws/${key} is ${JSON.stringify(value)}: it must be ${expected}`],
    });
  });

  it('name every mistake, and keep what is right', () => {
    const { settings, mistakes } = read({
      'gate-policy': 'x',
      'gate-floor': 'y',
      'target-not-in-use': 'wait',
    });
    expect(settings).toEqual({ ...defaultBindingSettings, notInUse: 'wait' });
    expect(mistakes).toHaveLength(2);
  });

  it('heed no annotation of another group', () => {
    const binding = { annotations: { 'targetgate.dev/gate-policy': 'latch' }, multiCluster: false };
    expect(settingsOfBinding(binding, namesOf(lbcGroup), defaultBindingSettings).settings.gatePolicy).toBe(
      'mirror',
    );
  });
});

describe('the targets of other clusters', () => {
  const removing = { ...defaultBindingSettings, foreignTargets: 'remove' } as const;

  it('LBC#2173: are kept though an annotation says remove, which is a mistake', () => {
    const { settings, mistakes } = read({ 'foreign-targets': 'remove' }, { multiCluster: true });
    expect(settings.foreignTargets).toBe('keep');
    expect(mistakes).toEqual([expect.stringContaining('multiClusterTargetGroup')]);
  });

  it("are kept though the operator's default is remove, which is no mistake of the binding", () => {
    const { settings, mistakes } = read({}, { multiCluster: true, defaults: removing });
    expect([settings.foreignTargets, mistakes]).toEqual(['keep', []]);
  });
});

describe('a share', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    ['0.5', 0.5],
    ['0%', 0],
    ['50%', 0.5],
    ['12.5%', 0.125],
    ['100%', 1],
    ['1.1', undefined],
    ['101%', undefined],
    ['50 %', undefined],
    ['1e-1', undefined],
    ['', undefined],
    ['%', undefined],
  ])('%j is read as %p', (text, expected) => {
    expect(parseShare(text)).toBe(expected);
  });
});
