import { Counter, Gauge, Histogram, latencyBuckets, type Registry } from '@targetgate/shared/runtime';
import { isKnown, type BindingView } from './sync/binding-view.ts';
import type { SyncMetrics } from './sync/context.ts';
import { createTerminationMetrics } from './termination-metrics.ts';

/** What the metrics read when they are scraped. */
export interface MetricsSource {
  /** Bindings that wait for a round. */
  readonly queueDepth: () => number;
  readonly views: () => Iterable<BindingView>;
  /** Epoch milliseconds. */
  readonly now: () => number;
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
    'From the deletion of a pod, or its end without one, being seen to DeregisterTargets having succeeded.',
  );
  const terminated = createTerminationMetrics(registry, {
    namespaces: () => new Set([...source.views()].map(({ binding }) => binding.namespace)),
    now: source.now,
  });
  const round = histogram('round_seconds', 'Computing time of one round of one binding.');
  const awsSeconds = new Histogram({
    name: `${prefix}aws_call_seconds`,
    help: 'Duration of AWS calls by operation.',
    labelNames: ['operation'],
    buckets: latencyBuckets,
    registers,
  });
  const awsCalls = new Counter({
    name: `${prefix}aws_calls_total`,
    help: 'AWS calls by operation and result (ok, or the trouble in one word).',
    labelNames: ['operation', 'result'],
    registers,
  });
  const errors = new Counter({
    name: `${prefix}errors_total`,
    help: 'Work that failed and is tried again, by the kind of work and the reason.',
    labelNames: ['work', 'reason'],
    registers,
  });
  const shadowLead = new Histogram({
    name: `${prefix}shadow_lead_seconds`,
    help: 'In shadow mode: by how much a planned change came before somebody else made it.',
    labelNames: ['change'],
    buckets: latencyBuckets,
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
  perBinding(registers, source);

  return {
    gateOpened: (seconds) => gate.observe(seconds),
    registered: (seconds) => registration.observe(seconds),
    deregistered: (seconds) => deregistration.observe(seconds),
    terminated,
    round: (seconds) => round.observe(seconds),
    elbCall: ({ operation, result, seconds }) => {
      awsCalls.inc({ operation, result });
      awsSeconds.observe({ operation }, seconds);
    },
    failed: (work, reason) => errors.inc({ work, reason }),
    shadowLead: (change, seconds) => shadowLead.observe({ change }, seconds),
  };
}

/** One sample of a gauge: labels besides the binding's own, and a value. */
interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The default quota of targets per target group; the account's own is not known here. */
const targetsPerGroup = 1_000;

/** Gauges that say of each binding what its view says. */
function perBinding(registers: Registry[], { views, now }: MetricsSource): void {
  function gauge(
    name: string,
    help: string,
    labelNames: string[],
    samplesOf: (view: BindingView) => readonly Sample[],
  ): void {
    new Gauge({
      name: prefix + name,
      help,
      labelNames: ['namespace', 'binding', ...labelNames],
      registers,
      collect() {
        this.reset();
        for (const view of views()) {
          const { namespace, name: binding } = view.binding;
          for (const { labels, value } of samplesOf(view)) this.set({ namespace, binding, ...labels }, value);
        }
      },
    });
  }

  gauge('targets', 'Our targets as seen last in ELB, by state.', ['state'], ({ states }) =>
    [...states].map(([state, value]) => ({ labels: { state }, value })),
  );
  gauge('foreign_targets', 'Targets of the group that are not ours.', [], ({ counts }) =>
    counts === undefined ? [] : [{ value: counts.foreign }],
  );
  gauge(
    'target_quota_headroom',
    `Targets that the group has room for, at the default quota of ${targetsPerGroup}.`,
    [],
    ({ targetsInGroup }) =>
      targetsInGroup === undefined ? [] : [{ value: Math.max(0, targetsPerGroup - targetsInGroup) }],
  );
  gauge(
    'held_removals',
    'Targets that are kept although they should leave, by cause.',
    ['cause'],
    ({ held }) => {
      const byCause = Map.groupBy(held, ({ cause }) => cause);
      return [...byCause].map(([cause, { length: value }]) => ({ labels: { cause }, value }));
    },
  );
  gauge('waiting_pods', 'Pods whose gate is closed.', [], ({ waiting }) => [{ value: waiting.length }]);
  gauge(
    'longest_wait_seconds',
    'How long the pod that has waited longest with its containers ready has waited for its gate.',
    [],
    ({ waiting }) => [{ value: longestWait(waiting, now()) }],
  );
  gauge('ungated_pods', 'Pods that should have a gate and have none.', [], ({ ungated }) => [
    { value: ungated.length },
  ]);
  gauge('binding_ready', '1 where the targets are in step, else 0.', ['reason'], (view) =>
    isKnown(view)
      ? [{ labels: { reason: view.problem?.reason ?? 'InStep' }, value: view.problem ? 0 : 1 }]
      : [],
  );
}

const longestWait = (waiting: BindingView['waiting'], now: number): number =>
  Math.max(0, ...waiting.map(({ since = now }) => (now - since) / 1000));
