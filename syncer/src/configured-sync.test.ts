import { describe, expect, it } from '@jest/globals';
import { readConfig, type ConfigResult } from '@targetgate/shared/runtime';
import { configuredSync } from './configured-sync.ts';
import { settings } from './settings.ts';

const read = (argv: readonly string[]): ConfigResult<typeof settings> =>
  readConfig({ program: 'targetgate-syncer', about: '', settings, argv, env: {} });

function syncOf(...argv: readonly string[]): ReturnType<typeof configuredSync> {
  const result = read(argv);
  if (result.kind !== 'config') throw new Error(JSON.stringify(result));
  return configuredSync(result.config);
}

it('nothing that is said comes to what the documentation promises', () => {
  expect(syncOf()).toEqual({
    policy: {
      floor: 0.5,
      lookEveryMs: { waiting: 600, settled: 60_000 },
      replaceWithinMs: 600_000,
      failOpenAfterMs: 300_000,
    },
    defaults: {
      gatePolicy: 'mirror',
      gateFloor: 0.5,
      notInUse: 'open',
      foreignTargets: 'keep',
      allowRemovalsUntil: undefined,
      terminationProfile: 'drain',
      routingMarginSeconds: undefined,
    },
    tenancy: { allowed: ['*'], tagKey: undefined },
    shadow: false,
  });
});

it('what an operator says is what holds', () => {
  const sync = syncOf(
    '--sync-period=2m',
    '--replace-within=1h',
    '--fail-open-after=30s',
    '--gate-policy=latch',
    '--gate-floor=75%',
    '--target-not-in-use=wait',
    '--allowed-target-groups=shop-*, bank-web',
    '--namespace-tag=owner',
    '--shadow=true',
  );
  expect(sync.policy).toMatchObject({ replaceWithinMs: 3_600_000, failOpenAfterMs: 30_000 });
  expect(sync.policy.lookEveryMs).toEqual({ waiting: 600, settled: 120_000 });
  expect(sync.defaults).toMatchObject({ gatePolicy: 'latch', gateFloor: 0.75, notInUse: 'wait' });
  expect(sync.tenancy).toEqual({ allowed: ['shop-*', 'bank-web'], tagKey: 'owner' });
  expect(sync.shadow).toBe(true);
});

it('failing open can be put off for good', () => {
  expect(syncOf('--fail-open-after=off').policy.failOpenAfterMs).toBeUndefined();
});

describe('a mistake is said in one line:', () => {
  it.each([
    ['--sync-period=60', 'must be a time above 0, such as 30s, 5m, 1h or 90d'],
    ['--fail-open-after=never', 'must be off, or a time above 0'],
    ['--watch-namespace=A_B', 'must be the name of a namespace'],
    ['--api-group=foo', 'a DNS name with a dot'],
    ['--replace-within=0s', 'must be a time above 0, such as 30s, 5m, 1h or 90d'],
    ['--gate-floor=1.5', 'must be a share such as 50% or 0.5'],
    ['--gate-policy=often', 'gate-policy'],
  ])('%s', (flag, words) => {
    const result = read([flag]);
    const mistakes = result.kind === 'mistakes' ? result.mistakes : [];
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(words);
  });
});
