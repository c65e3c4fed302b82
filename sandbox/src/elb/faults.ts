import { z } from 'zod';
import { ElbError, throttled } from './errors.ts';
import type { Scope } from './model/arn.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

const bucket = z.strictObject({
  capacity: z.number().positive(),
  refillPerSecond: z.number().nonnegative(),
});

/** The shape of faults, as `PUT /_sandbox/faults` takes it. */
export const faultsSchema = z.strictObject({
  /**
   * Token buckets per kind of call, of which each account has its own in each region; a kind without one is never
   * throttled. Every `Describe...` is non-mutating.
   */
  throttling: z.strictObject({ mutating: bucket.optional(), nonMutating: bucket.optional() }).optional(),
  /** Errors by operation, the first match wins; `times` limits how often (without it: until faults change). */
  errors: z
    .array(
      z.strictObject({
        operation: z.string(),
        code: z.string(),
        message: z.string().optional(),
        times: z.number().int().positive().optional(),
      }),
    )
    .optional(),
  /** Added before a call is carried out, in milliseconds; without an operation: to every call. Matches add up. */
  latency: z
    .array(z.strictObject({ operation: z.string().optional(), ms: z.number().nonnegative() }))
    .optional(),
});

/** What goes wrong on purpose. An empty object: nothing. */
export type Faults = z.infer<typeof faultsSchema>;

/** What faults do to one call. */
export type Verdict = { readonly delayMs: number; readonly error?: ElbError };

/** A call before it is carried out; `now` in epoch milliseconds. */
export type JudgedCall = { readonly operation: string; readonly caller: Scope; readonly now: number };

/** The faults in force, with what is left of them. */
export type FaultBox = {
  /** Replaces all faults; buckets start full. */
  set(faults: Faults): void;
  /** The faults in force; `times` counts down as they are used. */
  get(): Faults;
  /** Spends a token, a counted error, and says what becomes of this call. */
  judge(call: JudgedCall): Verdict;
};

/** Starts without faults. */
export function createFaultBox(): FaultBox {
  let faults: Faults = {};
  const buckets = new Map<string, TokenBucket>();

  function spendError(operation: string): ElbError | undefined {
    const found = faults.errors?.find((fault) => fault.operation === operation && fault.times !== 0);
    if (!found) return undefined;
    if (found.times !== undefined) found.times -= 1;
    return new ElbError(found.code, found.message ?? 'Injected by the sandbox');
  }

  /** AssumeRole is STS's: it does not count for ELB's limits. */
  function bucketOf({ operation, caller }: JudgedCall): TokenBucket | undefined {
    if (operation === 'AssumeRole') return undefined;
    const kind = operation.startsWith('Describe') ? 'nonMutating' : 'mutating';
    const size = faults.throttling?.[kind];
    if (!size) return undefined;
    const key = `${kind} ${caller.account} ${caller.region}`;
    const bucket = buckets.get(key) ?? createTokenBucket(size);
    buckets.set(key, bucket);
    return bucket;
  }

  return {
    set(next) {
      faults = structuredClone(next);
      buckets.clear();
    },
    get: () => structuredClone(faults),
    judge(call) {
      const { operation, now } = call;
      const matching = (faults.latency ?? []).filter((fault) => (fault.operation ?? operation) === operation);
      const delayMs = matching.reduce((sum, fault) => sum + fault.ms, 0);
      const error = bucketOf(call)?.take(now) === false ? throttled() : spendError(operation);
      return error ? { delayMs, error } : { delayMs };
    },
  };
}
