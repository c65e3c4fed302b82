import { apiBinding, apiPod, apiService, snapshotOf, type ApiObject } from '@targetgate/shared/fixtures';
import { projectBinding, projectPod, type Pod } from '@targetgate/shared/model';
import { namesOf } from '@targetgate/shared/names';
import { targetsOfBinding } from '@targetgate/shared/resolve';
import { targetKey, type LedgerEntry } from '../ledger/ledger.ts';
import { defaultPolicy, type GateCondition, type PlanInput, type TargetHealth } from './index.ts';

const names = namesOf('elbv2.k8s.aws');
export const gate = names.gate('web');

/** The time at which all plans of the tests are made. */
export const now = Date.parse('2026-01-01T12:00:00Z');

/** How a pod of the tests differs from a gated, ready pod that stays. */
export interface PodTraits {
  readonly gated?: boolean;
  readonly containersReady?: boolean;
  readonly ready?: boolean;
  /** The gate's condition, or whether it is open; left out: it has none yet. */
  readonly open?: boolean | GateCondition;
  readonly terminating?: boolean;
  readonly finished?: boolean;
  readonly labels?: Record<string, string>;
  readonly ip?: string;
  readonly othersGate?: boolean;
}

/** The API object of pod `web-<n>` with the uid `uid-<n>` and the address 10.0.0.<n>. */
export function podObject(n: number, traits: PodTraits = {}): ReturnType<typeof apiPod> {
  const { gated = true, containersReady = true, ready = false, open, terminating, finished, labels } = traits;
  const condition = (type: string, yes: boolean): object => ({ type, status: yes ? 'True' : 'False' });
  const others = traits.othersGate === undefined ? [] : [condition('example.com/warm', traits.othersGate)];
  return apiPod({
    metadata: {
      name: `web-${n}`,
      uid: `uid-${n}`,
      ...(labels && { labels }),
      ...(terminating && { deletionTimestamp: '2026-01-01T12:00:30Z' }),
    },
    spec: {
      containers: [{ name: 'app', ports: [{ name: 'http', containerPort: 8080 }] }],
      readinessGates: [
        ...(gated ? [{ conditionType: gate }] : []),
        ...(others.length > 0 ? [{ conditionType: 'example.com/warm' }] : []),
      ],
    },
    status: {
      phase: finished ? 'Succeeded' : 'Running',
      podIPs: [{ ip: traits.ip ?? `10.0.0.${n}` }],
      conditions: [
        condition('ContainersReady', containersReady),
        condition('Ready', ready),
        ...others,
        ...(open === undefined
          ? []
          : [typeof open === 'boolean' ? condition(gate, open) : { type: gate, ...open }]),
      ],
    },
  });
}

/** The ledger's entry of pod `n`, registered 10 s ago unless told otherwise. */
export const entry = (n: number, changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  target: { ip: `10.0.0.${n}`, port: 8080 },
  podName: `web-${n}`,
  podUid: `uid-${n}`,
  intendedAt: now - 10_000,
  registeredAt: now - 10_000,
  ...changes,
});

/** What a test says of the world; everything else is as in a healthy one. */
export interface World {
  readonly pods?: readonly ReturnType<typeof podObject>[];
  readonly ledger?: readonly LedgerEntry[] | 'unread';
  /** ELB's answer by pod number, asked for a second ago; undefined: never asked. */
  readonly health?: Readonly<Record<number, TargetHealth['state'] | TargetHealth>>;
  readonly askedAt?: number;
  readonly service?: ApiObject | 'missing';
  readonly binding?: ApiObject;
  readonly more?: Partial<PlanInput>;
}

/** The plan's input in such a world. */
export function inputOf(world: World): PlanInput {
  const { pods = [], ledger = [], service = {}, health, askedAt = now - 1_000 } = world;
  const binding = projectBinding(
    apiBinding({
      ...world.binding,
      metadata: { finalizers: [names.finalizer], ...world.binding?.metadata },
    }),
  );
  const snapshot = snapshotOf({ pods, services: service === 'missing' ? [] : [apiService(service)] });
  const targets = Object.entries(health ?? {}).map(([n, state]) => {
    const found: TargetHealth = typeof state === 'string' ? { state } : state;
    return [`10.0.0.${n}:8080`, found] as const;
  });
  return {
    binding,
    gate,
    finalizer: names.finalizer,
    resolution: targetsOfBinding(binding, snapshot),
    pods: new Map(pods.map(projectPod).map((pod: Pod) => [pod.uid, pod])),
    ledger: ledger === 'unread' ? undefined : new Map(ledger.map((one) => [targetKey(one.target), one])),
    busy: new Set(),
    observation: health && { askedAt, targets: new Map(targets) },
    refused: new Map(),
    shared: new Set(),
    trouble: undefined,
    endingSince: binding.deletedAt,
    policy: defaultPolicy,
    now,
    ...world.more,
  };
}
