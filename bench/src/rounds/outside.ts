import type { KubeClient, KubeRequest } from '@targetgate/shared/kube';
import { targetKey, type TargetKey } from '../../../syncer/src/ledger/ledger.ts';
import type { GroupCalls, TargetGroups } from '../../../syncer/src/sync/target-groups.ts';
import type { Turn, Turns } from '../../../syncer/src/sync/turns.ts';

/** An API server that has no ledgers yet, and takes whatever is written. */
export function agreeingApiServer(): KubeClient {
  const written = new Map<string, unknown>();
  const answer = ({ method, path, body }: KubeRequest): unknown => {
    if (method === 'GET') return written.get(path) ?? { metadata: { resourceVersion: '1' }, items: [] };
    const saved = { ...(body as object), metadata: { ...metadataOf(body), resourceVersion: '1' } };
    written.set(path, saved);
    return saved;
  };
  return {
    request: <T>(request: KubeRequest) => Promise.resolve(answer(request) as T),
    lines: () => {
      throw new Error('nothing is watched here');
    },
    close: () => Promise.resolve(),
  };
}

const metadataOf = (body: unknown): object => (body as { metadata?: object } | undefined)?.metadata ?? {};

/** An ELB that finds every target healthy as soon as it is registered. */
export function healthyElb(): TargetGroups {
  const groups = new Map<string, Set<TargetKey>>();
  const targetsOf = (arn: string): Set<TargetKey> => {
    const known = groups.get(arn) ?? new Set();
    groups.set(arn, known);
    return known;
  };
  const calls: GroupCalls = {
    find: (ref) => Promise.resolve({ ok: ref.by === 'arn' ? ref.arn : ref.name }),
    facts: (arn) =>
      Promise.resolve({
        ok: {
          facts: {
            arn,
            name: arn,
            targetType: 'ip',
            protocol: 'HTTP',
            vpcId: 'vpc-1',
            ipAddressType: 'ipv4',
            healthCheckIntervalSeconds: 10,
            deregistrationDelaySeconds: 300,
            idleTimeoutSeconds: 60,
            tags: undefined,
          },
          missing: undefined,
        },
      }),
    health: (arn) =>
      Promise.resolve({ ok: new Map([...targetsOf(arn)].map((key) => [key, { state: 'healthy' }])) }),
    register: (arn, targets) => {
      for (const target of targets) targetsOf(arn).add(targetKey(target));
      return Promise.resolve({ ok: undefined });
    },
    deregister: (arn, targets) => {
      for (const target of targets) targetsOf(arn).delete(targetKey(target));
      return Promise.resolve({ ok: undefined });
    },
  };
  return { as: () => calls };
}

/** No call waits for its turn: it is computing that is measured. */
export function endlessTurns(): Turns {
  const turn: Turn = { call: (send) => send(), giveBack: () => undefined };
  return {
    wait: (_, onTurn) => {
      onTurn(turn);
      return () => undefined;
    },
    takenAt: () => undefined,
    mayGoAlone: () => true,
    close: () => undefined,
  };
}
