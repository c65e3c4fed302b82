import { apiBinding } from '@targetgate/shared/fixtures';
import {
  projectBinding,
  type Binding,
  type PodEnd,
  type PreStop,
  type TargetGroupSummary,
} from '@targetgate/shared/model';
import { lbcGroup, namesOf } from '@targetgate/shared/names';
import { terminationOf, type TerminationInput, type TerminationRules } from './termination.ts';

export const names = namesOf(lbcGroup);

/** A hook as a test writes it down: none, a sleep of so many seconds, or another. */
export type Hook = 'none' | 'other' | number;

/** A pod's end: the grace period, and its containers' hooks by their names. */
export const endOf = (graceSeconds: number, hooks: Readonly<Record<string, Hook>>): PodEnd => ({
  graceSeconds,
  containers: Object.entries(hooks).map(([name, hook]) => ({ name, preStop: preStopOf(hook) })),
  sidecars: [],
});

const preStopOf = (hook: Hook): PreStop =>
  typeof hook === 'number' ? { kind: 'sleep', seconds: hook } : { kind: hook };

/** The binding `web` of a group of which its status says this. */
export const bindingTo = (
  group: Partial<TargetGroupSummary>,
  { name = 'web', annotations = {} }: { name?: string; annotations?: Readonly<Record<string, string>> } = {},
): Binding =>
  projectBinding(
    apiBinding({ metadata: { name, annotations }, status: { targetGroup: { arn: 'arn:web', ...group } } }),
  );

/** The group of an ALB with this deregistration delay. */
export const draining = (deregistrationDelaySeconds: number): Partial<TargetGroupSummary> => ({
  protocol: 'HTTP',
  deregistrationDelaySeconds,
});

/** What becomes of a pod of one binding that drains for 300 s, but for what a test says. */
export const terminate = (input: Partial<TerminationInput>, rules: Partial<TerminationRules> = {}) =>
  terminationOf(
    {
      end: endOf(30, { app: 'none' }),
      annotations: {},
      bindings: [bindingTo(draining(300))],
      isAsked: false,
      ...input,
    },
    { names, longestSleepSeconds: 600, hasNativeSleep: true, ...rules },
  );
