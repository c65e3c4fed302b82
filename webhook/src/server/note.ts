import type { Logger } from '@targetgate/shared/runtime';
import type { Outcome } from '../admission/outcome.ts';
import type { Warning, WarningRule } from '../admission/warning.ts';
import type { Metrics } from '../metrics.ts';
import { noteEviction } from './note-eviction.ts';

/** What notes are made with. */
interface Notebook {
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/**
 * Gives what counts outcomes, and logs those that an operator will ask about.
 *
 * Looking for credentials to black out is most of what a log line costs, and a sixth of the review of a pod that is
 * changed. What is said of a pod is put together here, of names and numbers: it is not looked through.
 */
export function createNote({ metrics, logger }: Notebook): (outcome: Outcome) => void {
  const podLogger = logger.child({}, { redact: [] });
  return (outcome) => note(outcome, { metrics, logger, podLogger });
}

function note(
  outcome: Outcome,
  { metrics, logger, podLogger }: Notebook & { readonly podLogger: Logger },
): void {
  metrics.request(outcome.kind);
  switch (outcome.kind) {
    case 'injected': {
      const { injection, termination, warnings, subject } = outcome;
      const { append: gates, remove: removed } = injection;
      const { given: sleepSeconds, end } = termination ?? {};
      metrics.gatesInjected(gates.length);
      if (sleepSeconds !== undefined) metrics.terminationInjected();
      podLogger.info(
        {
          ...subject,
          gates,
          ...(removed.length > 0 && { removed }),
          ...(sleepSeconds !== undefined && { sleepSeconds, graceSeconds: end?.graceSeconds }),
          ...noteWarnings(warnings, metrics),
        },
        'changed a new pod',
      );
      return;
    }
    case 'warned':
      podLogger.info(
        { ...outcome.subject, ...noteWarnings(outcome.warnings, metrics) },
        'warned of a new pod',
      );
      return;
    case 'refused': {
      const { reason, message } = outcome.refusal;
      logger.info({ ...outcome.subject, reason, why: message }, 'refused a binding');
      return;
    }
    case 'eviction':
      noteEviction(outcome, { metrics, logger });
      return;
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

/** Counts warnings, and gives what a log says of them: nothing where there are none. */
function noteWarnings(warnings: readonly Warning[], metrics: Metrics): { warned?: readonly WarningRule[] } {
  for (const { rule } of warnings) metrics.warned(rule);
  return warnings.length > 0 ? { warned: warnings.map(({ rule }) => rule) } : {};
}
