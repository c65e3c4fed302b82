import { Counter, Gauge, Histogram, latencyBuckets, type Registry } from '@targetgate/shared/runtime';
import type { SyncMetrics } from './sync/context.ts';

/** What the metrics read when they are scraped. */
export interface MetricsSource {
  /** Bindings that wait for a round. */
  readonly queueDepth: () => number;
  /** Targets as they were seen last, by binding and state. */
  readonly targets: () => Iterable<{ namespace: string; binding: string; state: string; count: number }>;
}

const prefix = 'targetgate_syncer_';

/** The syncer's metrics. All times are in seconds. */
export function createSyncMetrics(registry: Registry, source: MetricsSource): SyncMetrics {
  const registers = [registry];
  const histogram = (name: string, help: string): Histogram =>
    new Histogram({ name: prefix + name, help, buckets: latencyBuckets, registers });

  const gate = histogram('gate_latency_seconds', 'From a pod being ready for registration to its gate open.');
  const registration = histogram(
    'registration_latency_seconds',
    'From a pod being ready for registration to RegisterTargets having succeeded.',
  );
  const deregistration = histogram(
    'deregistration_latency_seconds',
    'From the deletion of a pod being seen to DeregisterTargets having succeeded.',
  );
  const round = histogram('round_seconds', 'Computing time of one round of one binding.');
  const elbSeconds = new Histogram({
    name: `${prefix}aws_call_seconds`,
    help: 'Duration of ELB calls by operation.',
    labelNames: ['operation'],
    buckets: latencyBuckets,
    registers,
  });
  const elbCalls = new Counter({
    name: `${prefix}aws_calls_total`,
    help: 'ELB calls by operation and result (ok, or the trouble in one word).',
    labelNames: ['operation', 'result'],
    registers,
  });
  const errors = new Counter({
    name: `${prefix}errors_total`,
    help: 'Work that failed and is tried again, by the kind of work and the reason.',
    labelNames: ['work', 'reason'],
    registers,
  });
  new Gauge({
    name: `${prefix}queue_depth`,
    help: 'Bindings that wait for a round.',
    registers,
    collect() {
      this.set(source.queueDepth());
    },
  });
  new Gauge({
    name: `${prefix}targets`,
    help: 'Registered targets as seen last in ELB, by binding and state.',
    labelNames: ['namespace', 'binding', 'state'],
    registers,
    collect() {
      this.reset();
      for (const { count, ...labels } of source.targets()) this.set(labels, count);
    },
  });

  return {
    gateOpened: (seconds) => gate.observe(seconds),
    registered: (seconds) => registration.observe(seconds),
    deregistered: (seconds) => deregistration.observe(seconds),
    round: (seconds) => round.observe(seconds),
    elbCall: ({ operation, result, seconds }) => {
      elbCalls.inc({ operation, result });
      elbSeconds.observe({ operation }, seconds);
    },
    failed: (work, reason) => errors.inc({ work, reason }),
  };
}
