/** A health check that failed, by ELB's reason. */
export type CheckFailure =
  | { readonly passed: false; readonly reason: 'Target.ResponseCodeMismatch'; readonly code: number }
  | { readonly passed: false; readonly reason: 'Target.Timeout' | 'Target.FailedHealthChecks' };

/** The outcome of one health check. */
export type CheckResult = { readonly passed: true } | CheckFailure;
