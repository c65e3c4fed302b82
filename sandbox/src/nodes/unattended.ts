/**
 * Pods with this label are objects and nothing else: no node of the sandbox runs them, no service of it sends to them.
 * A cluster can have tens of thousands of them.
 */
export const unattendedLabel = 'sandbox.targetgate.dev/unattended';

/** Selects all other pods, in lists and watches. */
export const attendedPods = { labelSelector: `!${unattendedLabel}` };
