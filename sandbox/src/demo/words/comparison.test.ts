import { describe, expect, it } from '@jest/globals';
import type { Rollout } from '../measure/rollout.ts';
import { comparisonOf } from './comparison.ts';

const rollout: Rollout = {
  name: 'shop',
  labelled: false,
  trafficAt: 0,
  startedAt: 1000,
  completeAt: 3300,
  oldGoneAt: 18_900,
  endedAt: 20_000,
  traffic: { requests: 4000, failed: 200, byStatus: { 200: 3800, 503: 150, reset: 50 }, p50: 4.2, p99: 53 },
  failures: [
    { at: 1200, cause: 'no target' },
    { at: 1100, cause: 'pod ended' },
    { at: 1100, cause: 'pod ended' },
  ],
  rate: [],
  pods: [],
  latencies: {
    register: { count: 10, min: 9, p50: 22.6, max: 50 },
    gate: undefined,
    deregister: undefined,
    sigterm: { count: 10, min: -12, p50: -8, max: 25_060 },
  },
  elbCalls: { RegisterTargets: 9, DescribeTargetHealth: 12 },
  programs: [
    { program: 'webhook', pod: 'webhook-1', cpuSeconds: 0.1, rssMiB: 64 },
    { program: 'webhook', pod: 'webhook-2', cpuSeconds: 0.2, rssMiB: 65.4 },
  ],
};
const labelled: Rollout = {
  ...rollout,
  labelled: true,
  failures: [],
  traffic: { requests: 6000, failed: 0, byStatus: { 200: 6000 }, p50: 4, p99: 50 },
};

const valuesOf = (label: string): readonly string[] | undefined =>
  comparisonOf([rollout, labelled]).find((row) => row.label === label)?.values;

describe('the comparison', () => {
  it.each([
    ['requests', ['4,000', '6,000']],
    ['HTTP 503', ['150', '–']],
    ['connection reset', ['50', '–']],
    ['failed', ['200 (5.0 %)', '0']],
    ['no preStop: the pod had ended', ['2', '–']],
    ['no target', ['1', '–']],
    ['DeregisterTargets → SIGTERM', ['0.0 s to 25.1 s', '0.0 s to 25.1 s']],
    ['rollout status complete', ['2.3 s', '2.3 s']],
    ['last old pod gone', ['17.9 s', '17.9 s']],
    ['ContainersReady → RegisterTargets', ['p50 23 ms, max 50 ms', 'p50 23 ms, max 50 ms']],
    ['healthy in ELB → gate True', ['–', '–']],
    ['ELB calls', ['21', '21']],
    ['webhook CPU', ['0.20 s, 0.10 s', '0.20 s, 0.10 s']],
    ['webhook memory', ['65 MiB, 64 MiB', '65 MiB, 64 MiB']],
  ])('has %s: %j', (label, values) => {
    expect(valuesOf(label)).toEqual(values);
  });
});
