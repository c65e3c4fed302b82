import type { Logger } from '@targetgate/shared/runtime';
import type { Outcome } from '../admission/outcome.ts';
import type { Metrics } from '../metrics.ts';

/** Counts an outcome, and logs those that an operator will ask about. */
export function note(outcome: Outcome, { metrics, logger }: { metrics: Metrics; logger: Logger }): void {
  metrics.request(outcome.kind);
  switch (outcome.kind) {
    case 'injected': {
      const { append: gates, remove: removed } = outcome.injection;
      metrics.gatesInjected(gates.length);
      logger.info(
        { ...outcome.subject, gates, ...(removed.length > 0 && { removed }) },
        'injected readiness gates',
      );
      return;
    }
    case 'refused': {
      const { reason, message } = outcome.refusal;
      logger.info({ ...outcome.subject, reason, why: message }, 'refused a binding');
      return;
    }
    case 'not_synced':
      logger.warn(
        outcome.subject,
        'the caches have not synced: answered 503, so failurePolicy decides about the object',
      );
      return;
    case 'unchanged':
    case 'accepted':
      return;
  }
}
