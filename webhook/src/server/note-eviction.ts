import type { Logger } from '@targetgate/shared/runtime';
import type { Outcome } from '../admission/outcome.ts';
import type { Metrics } from '../metrics.ts';

/** Counts an eviction, and logs one that was refused, or let go against or without a ruling. A dry run is not counted. */
export function noteEviction(
  { answer, ruling, subject }: Extract<Outcome, { kind: 'eviction' }>,
  { metrics, logger }: { metrics: Metrics; logger: Logger },
): void {
  if (!subject.dryRun) metrics.eviction(ruling.kind, 'objection' in ruling ? ruling.objection.rule : '');
  const { status, warnings = [] } = answer.response;
  switch (ruling.kind) {
    case 'refused':
      logger.info({ ...subject, rule: ruling.objection.rule, why: status?.message }, 'refused an eviction');
      return;
    case 'overdue':
      logger.warn({ ...subject, rule: ruling.objection.rule, warnings }, 'let an overdue eviction through');
      return;
    case 'unknown':
      logger.warn({ ...subject, err: ruling.error }, 'let an eviction through unchecked');
      return;
    case 'allowed':
      return;
  }
}
