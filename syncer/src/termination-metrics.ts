import { Counter, Histogram, type Registry } from '@targetgate/shared/runtime';
import { unknownCauses, unsafeCauses, type EndVerdict } from './ends/end.ts';
import type { SyncMetrics } from './sync/context.ts';

/** What they read when they are scraped. */
export interface TerminationSource {
  /** Those that have a binding. */
  readonly namespaces: () => ReadonlySet<string>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const prefix = 'targetgate_syncer_';

/** The metrics of pods' ends; gives what is to be told of each. */
export function createTerminationMetrics(
  registry: Registry,
  { namespaces, now }: TerminationSource,
): SyncMetrics['terminated'] {
  const registers = [registry];
  /** When namespaces had a binding, or the end of a pod, for the last time (epoch ms): the earliest first. */
  const usedAt = new Map<string, number>();

  function use(namespace: string): void {
    usedAt.delete(namespace);
    usedAt.set(namespace, now());
  }

  const ends = new Counter({
    name: `${prefix}terminations_total`,
    help: 'Ends of pods that had a target, once for each binding, by outcome (safe, unsafe, unknown) and cause.',
    labelNames: ['namespace', 'outcome', 'cause'],
    registers,
    collect() {
      // A series that begins with 1 has no increase: all of them begin with 0, when their namespace has a binding.
      const current = namespaces();
      for (const namespace of current) {
        use(namespace);
        for (const labels of endLabels) this.inc({ namespace, ...labels }, 0);
      }
      for (const namespace of overdue(
        [...usedAt].filter(([name]) => !current.has(name)),
        now(),
      )) {
        usedAt.delete(namespace);
        for (const labels of endLabels) this.remove({ namespace, ...labels });
      }
    },
  });
  const margin = new Histogram({
    name: `${prefix}termination_margin_seconds`,
    help: 'From the moment that nothing was sent to a pod any more to its SIGTERM, or whatever came before it.',
    buckets: marginBuckets,
    registers,
  });

  return ({ namespace, verdict }) => {
    use(namespace);
    ends.inc({ namespace, ...endLabelsOf(verdict) });
    if ('marginSeconds' in verdict) margin.observe(verdict.marginSeconds);
  };
}

/** For how long series outlast the last binding of their namespace, in milliseconds, and in how many namespaces. */
const outlastMs = 3_600_000;
const mostOutlasting = 100;

/** The namespaces without a binding, the earliest first, whose series have been there for long enough. */
const overdue = (unused: readonly (readonly [string, number])[], now: number): readonly string[] =>
  unused
    .filter(([, usedAt], index) => now - usedAt > outlastMs || index < unused.length - mostOutlasting)
    .map(([namespace]) => namespace);

/** Too early by minutes, or late by minutes: a slack of 5 s is what a pod should have. */
const marginBuckets = [-300, -120, -60, -30, -10, -5, -1, 0, 1, 5, 10, 30, 60, 120, 300];

const endLabelsOf = (verdict: EndVerdict) => ({
  outcome: verdict.outcome,
  cause: verdict.outcome === 'safe' ? 'none' : verdict.cause,
});

const endLabels = [
  endLabelsOf({ outcome: 'safe' }),
  ...unsafeCauses.map((cause) => endLabelsOf({ outcome: 'unsafe', cause })),
  ...unknownCauses.map((cause) => endLabelsOf({ outcome: 'unknown', cause })),
];
