import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ElbResult, ElbTrouble } from '../sync/target-groups.ts';
import type { Urgency } from '../sync/turns.ts';
import { troubleOf } from './trouble.ts';

/**
 * Told of every call, for metrics: its operation, how it ended (`ok` or the trouble's reason) and how long it took. A
 * call that has to assume a role first is told of after `AssumeRole`, and its time includes that.
 */
export type OnElbCall = (call: { operation: string; result: string; seconds: number }) => void;

/** Makes one call to AWS, and turns its error into a value. */
export type Call = <T>(
  operation: string,
  send: () => Promise<T>,
  explain?: (error: unknown) => ElbTrouble,
) => Promise<ElbResult<T>>;

/** Makes one call to ELB about something: in the region of its ARN; in the environment's, where only its name is known. */
export type Ask = <T>(
  operation: string,
  about: string,
  send: (elb: ElasticLoadBalancingV2Client) => Promise<T>,
) => Promise<ElbResult<T>>;

/** Makes calls that wait for turns of their own, as urgently as this. */
export type InTurn = (urgency: Urgency) => Ask;

/** Calls that `onCall` is told of. */
export const createCall =
  (onCall: OnElbCall): Call =>
  async <T>(
    operation: string,
    send: () => Promise<T>,
    explain = (error: unknown) => troubleOf(operation, error),
  ) => {
    const start = performance.now();
    const result = await send().then(
      (ok): ElbResult<T> => ({ ok }),
      (error: unknown): ElbResult<T> => ({ trouble: explain(error) }),
    );
    const seconds = (performance.now() - start) / 1000;
    onCall({ operation, result: 'ok' in result ? 'ok' : result.trouble.reason, seconds });
    return result;
  };

/** The answer as the caller needs it; trouble stays what it is. */
export const mapOk = <T, U>(result: ElbResult<T>, change: (ok: T) => U): ElbResult<U> =>
  'trouble' in result ? result : { ok: change(result.ok) };
