import {
  aDuration,
  commonSettings,
  durationSchema,
  switchSchema,
  type Settings,
} from '@targetgate/shared/runtime';
import { parseShare } from '@targetgate/shared/resolve';
import * as z from 'zod';
import { longestLeaseMs, shortestLeaseMs } from './leadership/timing.ts';

/** A share, as `50%` or `0.5`. */
const share = z.string().transform((value, context) => {
  const parsed = parseShare(value);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'must be a share such as 50% or 0.5' });
  return z.NEVER;
});

/** The syncer's settings. AWS credentials, region and endpoint come from the standard AWS_* variables. */
export const settings = {
  ...commonSettings,
  'watch-namespace': {
    env: 'WATCH_NAMESPACE',
    schema: z
      .string()
      .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be the name of a namespace')
      .optional(),
    about: 'the one namespace to work in; without it, all of them',
  },
  shadow: {
    env: 'SHADOW',
    schema: switchSchema,
    isSwitch: true,
    default: 'false',
    about: 'plan and report everything, write nothing (beside another controller)',
  },
  'sync-period': {
    env: 'SYNC_PERIOD',
    schema: durationSchema,
    default: '60s',
    about: 'how often a group with nothing pending is looked at, to see drift and ill health',
  },
  'replace-within': {
    env: 'REPLACE_WITHIN',
    schema: durationSchema,
    default: '10m',
    about: 'how long replaced targets wait for all of their replacements to be healthy',
  },
  'fail-open-after': {
    env: 'FAIL_OPEN_AFTER',
    schema: z.union(
      [z.literal('off').transform(() => undefined), durationSchema],
      `must be off, or ${aDuration}`,
    ),
    default: '5m',
    about: 'for how long AWS may leave a pod without an answer before its gate opens; off: for ever',
  },
  'gate-policy': {
    env: 'GATE_POLICY',
    schema: z.enum(['mirror', 'latch']),
    default: 'mirror',
    about: 'mirror: gates follow the health of targets; latch: once open, a gate stays open',
  },
  'gate-floor': {
    env: 'GATE_FLOOR',
    schema: share,
    default: '50%',
    about: "the share of a binding's pods whose gates ill health alone never closes",
  },
  'target-not-in-use': {
    env: 'TARGET_NOT_IN_USE',
    schema: z.enum(['open', 'wait']),
    default: 'open',
    about: 'the gates of pods whose target group no load balancer uses: open, or wait',
  },
  'lease-duration': {
    env: 'LEASE_DURATION',
    schema: durationSchema.refine(
      (ms) => ms >= shortestLeaseMs && ms <= longestLeaseMs && ms % 1000 === 0,
      'must be whole seconds, 3s to 60s',
    ),
    default: '7s',
    about: 'how long others wait for a leader that is silent; it stops writing before that',
  },
  'lease-namespace': {
    env: 'POD_NAMESPACE',
    schema: z.string().optional(),
    about:
      "the namespace of the Leases; without it, the ServiceAccount's, or that of the kubeconfig's context",
  },
  identity: {
    env: 'POD_NAME',
    schema: z.string().optional(),
    about: "the pod's name: a container that was restarted goes on with the Lease that it had",
  },
  shards: {
    env: 'SHARDS',
    schema: z
      .string()
      .regex(/^[1-9]\d?$/, 'must be a number, 1 to 99')
      .transform(Number),
    default: '1',
    about: 'into how many parts the bindings are divided, among all replicas; the same for all of them',
  },
  'namespace-tag': {
    env: 'NAMESPACE_TAG',
    schema: z.string().optional(),
    about: "tag that a target group must have, with the binding's namespace as value",
  },
} satisfies Settings;

export const about =
  'targetgate syncer: registers pods with the target groups of their TargetGroupBindings once their containers are\n' +
  'ready, mirrors target health into their readiness gates, and deregisters them when they start to terminate.\n' +
  'AWS is reached by the standard AWS_* variables (AWS_REGION, AWS_ENDPOINT_URL, credentials).';
