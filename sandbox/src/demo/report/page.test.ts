import { describe, expect, it } from '@jest/globals';
import { moments } from '../../measure/pod-timeline.ts';
import type { Rollout } from '../measure/rollout.ts';
import { reportPage } from './page.ts';

const life = Object.fromEntries(moments.map((moment, index) => [moment, 1000 + 100 * index]));

const rollout = (labelled: boolean): Rollout => ({
  name: 'shop',
  labelled,
  trafficAt: 0,
  startedAt: 500,
  completeAt: 1500,
  oldGoneAt: 2000,
  endedAt: 2500,
  traffic: {
    requests: 40,
    failed: labelled ? 0 : 4,
    byStatus: labelled ? { 200: 40 } : { 200: 36, 503: 4 },
    p50: 2,
    p99: 9,
  },
  rate: [{ at: 1000, ms: 200, counts: labelled ? { 200: 40 } : { 200: 36, 503: 4 } }],
  pods: [{ name: 'shop-<b>', uid: 'a', at: life }],
  latencies: {
    register: { count: 1, min: 10, p50: 20, max: 30 },
    gate: undefined,
    deregister: undefined,
    sigterm: { count: 1, min: -10, p50: 20, max: 30 },
  },
  failures: labelled ? [] : [{ at: 1900, cause: 'pod ended', pod: 'a' }],
  elbCalls: { RegisterTargets: 1 },
  programs: [{ program: 'syncer', pod: 'syncer-1', cpuSeconds: 0.5, rssMiB: 64 }],
});

const page = reportPage([rollout(false), rollout(true)], { ok: true, line: 'Shown.' });

describe('the report', () => {
  it('needs no other resource', () => {
    expect(page).not.toMatch(/(src|href)=|@import|url\((?!#)/);
  });

  it('marks the ten moments of each pod, with a text for each', () => {
    expect(page.match(/<title>shop-&lt;b&gt;: \w[^<]* at \d/g)).toHaveLength(2 * moments.length);
  });

  it('shows on a pod how long its target drains, and which requests to it fail', () => {
    expect(page.match(/<rect class="drain"[^>]*height="2"/g)).toHaveLength(2);
    expect(page.match(/<rect class="lost"[^>]*height="4"/g)).toHaveLength(1);
  });

  it('takes names as text', () => {
    expect(page).not.toContain('<b>');
  });

  it('stacks failures on top of what went well', () => {
    const [ok, failed] = ['ok', 'http-503'].map((paint) =>
      new RegExp(
        `<rect class="${paint}" x="[\\d.]+" y="([\\d.]+)" width="[\\d.]+" height="([\\d.]+)"><title>\\d+ ×`,
      ).exec(page),
    );
    expect(Number(failed?.[1]) + Number(failed?.[2])).toBeCloseTo(Number(ok?.[1]), 1);
  });

  it('leaves no number undone', () => {
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });
});
