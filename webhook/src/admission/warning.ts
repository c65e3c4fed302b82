/** What a warning about a pod is of, in one word: for metrics and logs. */
export type WarningRule =
  | 'gate_name_too_long'
  | 'annotation_unreadable'
  | 'drain_not_known'
  | 'sleep_capped'
  | 'sleep_missing'
  | 'sleep_too_short'
  | 'hook_of_unknown_length'
  | 'grace_too_short';

/** Something about a new pod that its user should know; of each rule there is one at most, but for names of bindings. */
export interface Warning {
  readonly rule: WarningRule;
  /** One line: what is wrong, and what to do. */
  readonly text: string;
}

/** The API server may cut a longer warning. */
const longestWarning = 256;

/** A warning that is shown whole. The texts leave room for names of usual length; only what is longer still is cut. */
export function warningOf(rule: WarningRule, text: string): Warning {
  const line = `targetgate: ${text}`;
  return { rule, text: line.length > longestWarning ? `${line.slice(0, longestWarning - 3)}...` : line };
}
