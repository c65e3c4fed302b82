import type { ElbResult } from '../sync/target-groups.ts';
import type { Urgency } from '../sync/turns.ts';
import { regionOf } from '../sync/scope.ts';

/** What a call says of each thing that it was asked of; of one that it says nothing of, there is nothing to say. */
export type ReadMany<T> = (
  arns: readonly string[],
  urgency: Urgency,
) => Promise<ElbResult<ReadonlyMap<string, T>>>;

interface Waiting<T> {
  readonly arn: string;
  readonly answer: (result: ElbResult<T | undefined>) => void;
}

/**
 * Asks of many things in one call: with nobody before it a question is a call at once, and those that come while it is
 * under way share the next one, with at most so many ARNs. Only those of one region and one urgency can.
 *
 * One bad ARN fails the whole call: each is asked of alone then.
 */
export function shareCalls<T>(
  read: ReadMany<T>,
  atMost: number,
): (arn: string, urgency: Urgency) => Promise<ElbResult<T | undefined>> {
  const lines = new Map<string, Waiting<T>[]>();

  async function answer(batch: readonly Waiting<T>[], urgency: Urgency): Promise<void> {
    const result = await read(
      batch.map(({ arn }) => arn),
      urgency,
    );
    if ('trouble' in result && blamesOne(result.trouble) && batch.length > 1) {
      for (const one of batch) await answer([one], urgency);
      return;
    }
    for (const one of batch) one.answer('trouble' in result ? result : { ok: result.ok.get(one.arn) });
  }

  /** Calls until nobody waits any more. */
  async function serve(key: string, line: Waiting<T>[], urgency: Urgency): Promise<void> {
    while (line.length > 0) await answer(line.splice(0, atMost), urgency);
    lines.delete(key);
  }

  return (arn, urgency) =>
    new Promise((resolve) => {
      const key = `${urgency} ${regionOf(arn) ?? ''}`;
      const line = lines.get(key);
      const waiting = { arn, answer: resolve };
      if (line) {
        line.push(waiting);
        return;
      }
      const first = [waiting];
      lines.set(key, first);
      void serve(key, first, urgency);
    });
}

const blamesOne = ({ reason }: { readonly reason: string }): boolean =>
  reason === 'TargetGroupNotFound' || reason === 'ValidationError';
