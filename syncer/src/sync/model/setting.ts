import type { ServiceName } from './command.ts';

/** What a story does not change: what the bindings are like, and what their annotations say. */
export interface Setting {
  readonly targets: 'ip' | 'instance';
  /** The bindings leave the type of their targets to be found out. */
  readonly typeLeftOut: boolean;
  /** The service of the second binding of the group; undefined: there is none at first. */
  readonly edge: ServiceName | undefined;
  readonly gatePolicy: 'mirror' | 'latch';
  readonly notInUse: 'open' | 'wait';
  readonly foreignTargets: 'keep' | 'remove';
}

/** AWS may leave a pod without an answer for so long. Stories are short, and so is this. */
export const failOpenAfterMs = 60_000;

/** Stories are told with a patience that they never exhaust: removals wait for all replacements. */
export const replaceWithinMs = 86_400_000;

/** The annotations of both bindings. */
export const annotationsOf = ({ gatePolicy, notInUse, foreignTargets }: Setting): Record<string, string> => ({
  'elbv2.k8s.aws/gate-policy': gatePolicy,
  'elbv2.k8s.aws/target-not-in-use': notInUse,
  'elbv2.k8s.aws/foreign-targets': foreignTargets,
});
