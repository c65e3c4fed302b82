/**
 * With which reasons the syncer opens a gate, or keeps it open, although ELB has not found the target healthy
 * (docs/bindings.md has all reasons): it finds it unhealthy, does not answer, or is not asked about this pod.
 */
const unproven: ReadonlySet<string> = new Set([
  'HeldOpen',
  'FailOpenUnreachable',
  'FailOpenThrottled',
  'FailOpenAccessDenied',
  'FailOpenAwsError',
  'NotSelected',
  'NotNeeded',
  'BindingDeleted',
  'BindingNotFound',
]);

/**
 * True where an open gate with this reason says nothing of the target's health. The reasons of targets that ELB does not
 * check are not among these: nothing better will ever come. Nor is one that is not known: LBC's open gates have none.
 */
export const isUnproven = (reason: string): boolean => unproven.has(reason);
