import { Counter, Gauge, Histogram, type Registry } from '@targetgate/shared/runtime';
import type { Objection } from './admission/eviction/objection.ts';
import type { EvictionRuling } from './admission/eviction/ruling.ts';
import type { Outcome } from './admission/outcome.ts';
import type { WarningRule } from './admission/warning.ts';

/**
 * How a request ended. A pod: injected, warned or unchanged; a binding: accepted, refused, or unchanged where it was not checked;
 * an eviction: eviction; any: malformed (4xx), not_synced (503) or error (500).
 */
export type Result = Outcome['kind'] | 'malformed' | 'error';

/** The webhook's own metrics. */
export interface Metrics {
  request(result: Result): void;
  /** How long it took from the arrival of a request to the end of its answer. */
  answered(seconds: number): void;
  gatesInjected(count: number): void;
  /** A pod was given a sleep before SIGTERM. */
  terminationInjected(): void;
  /** A warning about a pod. */
  warned(rule: WarningRule): void;
  /** An eviction that is no dry run; the rule is that of the objection to it. */
  eviction(answer: EvictionRuling['kind'], rule: Objection['rule'] | ''): void;
  /** When the serving certificate ends, in epoch milliseconds. */
  certificateExpires(at: number): void;
  /** Whether the API server is told to trust it. */
  trusted(isTrusted: boolean): void;
  /** When the authority that signs it ends, in epoch milliseconds. */
  authorityExpires(at: number): void;
}

/** A review is decided in well under a millisecond; the object's writer waits for all of it. */
const seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function createMetrics(registry: Registry): Metrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'targetgate_webhook_requests_total',
    help: 'Admission requests by result: injected, warned, accepted, refused, eviction, unchanged, malformed, not_synced, error',
    labelNames: ['result'],
    registers,
  });
  const duration = new Histogram({
    name: 'targetgate_webhook_request_duration_seconds',
    help: 'From the arrival of an admission request to its answer',
    buckets: seconds,
    registers,
  });
  const gates = new Counter({
    name: 'targetgate_webhook_gates_injected_total',
    help: 'Readiness gates added to pods',
    registers,
  });
  const terminations = new Counter({
    name: 'targetgate_webhook_terminations_injected_total',
    help: 'Pods that were given a sleep before SIGTERM',
    registers,
  });
  const warnings = new Counter({
    name: 'targetgate_webhook_pod_warnings_total',
    help: 'Warnings about new pods, by what they are of',
    labelNames: ['rule'],
    registers,
  });
  const evictions = new Counter({
    name: 'targetgate_webhook_evictions_total',
    help: 'Evictions by answer (allowed, refused, overdue, unknown) and the rule against them (last_healthy, replacement_unhealthy, not_its_turn)',
    labelNames: ['answer', 'rule'],
    registers,
  });
  const expiry = new Gauge({
    name: 'targetgate_webhook_certificate_expiry_timestamp_seconds',
    help: 'When the serving certificate expires, in seconds since the epoch; 0 before it is loaded',
    registers,
  });
  const trusted = new Gauge({
    name: 'targetgate_webhook_certificate_trusted',
    help: '1 where the API server is told to trust the serving certificate, or a certificate is given (--cert-dir); else 0',
    registers,
  });
  const authorityExpiry = new Gauge({
    name: 'targetgate_webhook_authority_expiry_timestamp_seconds',
    help: 'When the authority that signs certificates expires, in seconds since the epoch; 0 where it is not managed here',
    registers,
  });
  return {
    request: (result) => requests.inc({ result }),
    answered: (took) => duration.observe(took),
    gatesInjected: (count) => gates.inc(count),
    terminationInjected: () => terminations.inc(),
    warned: (rule) => warnings.inc({ rule }),
    eviction: (answer, rule) => evictions.inc({ answer, rule }),
    certificateExpires: (at) => expiry.set(at / 1000),
    trusted: (isTrusted) => trusted.set(isTrusted ? 1 : 0),
    authorityExpires: (at) => authorityExpiry.set(at / 1000),
  };
}
