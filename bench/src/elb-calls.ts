import type { Span } from '@targetgate/sandbox/measure';
import type { WorldEvent } from '@targetgate/sandbox/world';

/** A call to the ELB API, as the simulator recorded it. */
export type ElbCall = Extract<WorldEvent, { readonly kind: 'elb-call' }>;

/** The calls that arrived within a span, in order, whoever made them. */
export const callsWithin = (journal: readonly WorldEvent[], { from, to }: Span): ElbCall[] =>
  journal.filter((event): event is ElbCall => event.kind === 'elb-call' && event.at >= from && event.at < to);

/** How the calls spread over the operations, for a line of progress: `12 RegisterTargets, 20 DescribeTargetHealth`. */
export function wordsOf(calls: readonly ElbCall[]): string {
  const counts = new Map<string, number>();
  for (const { operation } of calls) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  return [...counts].map(([operation, count]) => `${count} ${operation}`).join(', ') || 'none';
}
