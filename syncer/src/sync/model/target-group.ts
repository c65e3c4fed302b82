import type { TargetGroupFacts } from '@targetgate/shared/model';
import { targetKey, type TargetKey } from '../../ledger/ledger.ts';
import type { TargetHealth } from '../../plan/index.ts';
import type { ElbResult, GroupCalls } from '../target-groups.ts';
import { groupArn } from './api-objects.ts';

/** Whether ELB checks the targets: not where no listener uses the group, or where the check is switched off. */
export type Checks = 'on' | 'not-in-use' | 'off';

/** Targets that somebody else registers have addresses of their own. */
export const isForeign = (target: TargetKey): boolean => target.startsWith('10.0.9.');

/** One target group of ELB, and what people with its console do to it. */
export function createModelGroup(targetType: 'ip' | 'instance') {
  const targets = new Map<TargetKey, TargetHealth>();
  let checks: Checks = 'on';
  let quota = Infinity;
  let looks = 0;
  let changes = 0;

  const isStanding = (key: TargetKey): boolean => {
    const health = targets.get(key);
    return health !== undefined && health.state !== 'draining';
  };
  const standing = (): TargetKey[] => [...targets.keys()].filter(isStanding);

  function seen(health: TargetHealth): TargetHealth {
    if (health.state === 'draining' || checks === 'on') return health;
    return checks === 'off'
      ? { state: 'unavailable', reason: 'Target.HealthCheckDisabled' }
      : { state: 'unused', reason: 'Target.NotInUse' };
  }

  const calls: GroupCalls = {
    find: () => Promise.resolve({ ok: groupArn }),
    facts: () => Promise.resolve({ ok: { facts: factsOf(targetType), missing: undefined } }),
    health: () => {
      looks++;
      return Promise.resolve({ ok: new Map([...targets].map(([key, health]) => [key, seen(health)])) });
    },
    register: (_, added) => {
      changes++;
      const fresh = added.map(targetKey).filter((key) => !isStanding(key));
      if (fresh.length > 0 && standing().length + fresh.length > quota) return Promise.resolve(full);
      for (const key of fresh) targets.set(key, { state: 'initial' });
      return Promise.resolve({ ok: undefined });
    },
    deregister: (_, removed) => {
      changes++;
      for (const key of removed.map(targetKey)) if (targets.has(key)) targets.set(key, { state: 'draining' });
      return Promise.resolve({ ok: undefined });
    },
  };

  return {
    type: targetType,
    calls,
    targets,
    isStanding,
    standing,
    /** How often ELB was asked, and how often it was told. */
    get traffic() {
      return { looks, changes };
    },
    get checks() {
      return checks;
    },
    setChecks: (to: Checks): void => {
      checks = to;
    },
    /** How many targets the group takes. */
    setQuota: (to: number): void => {
      quota = to;
    },
    /** Only registered targets have their health checked, and can begin to drain: those with an id, or all. */
    find: (state: 'healthy' | 'unhealthy' | 'draining', id?: string): void => {
      for (const key of standing()) {
        const isMeant = id === undefined ? !isForeign(key) : key.startsWith(`${id}:`);
        if (isMeant) targets.set(key, { state });
      }
    },
    endDraining: (): void => {
      for (const key of [...targets.keys()]) if (!isStanding(key)) targets.delete(key);
    },
    add: (key: TargetKey): void => {
      if (!isStanding(key)) targets.set(key, { state: 'healthy' });
    },
  };
}

const full: ElbResult<undefined> = {
  trouble: { reason: 'TooManyTargets', message: 'the target group takes no more targets' },
};

const factsOf = (targetType: 'ip' | 'instance'): TargetGroupFacts => ({
  arn: groupArn,
  name: 'web',
  targetType,
  protocol: 'HTTP',
  vpcId: 'vpc-1',
  ipAddressType: 'ipv4',
  healthCheckIntervalSeconds: 30,
  deregistrationDelaySeconds: 300,
  idleTimeoutSeconds: 60,
  tags: undefined,
});

export type ModelGroup = ReturnType<typeof createModelGroup>;
