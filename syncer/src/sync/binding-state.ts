import type { Binding, TargetGroupFacts, TargetGroupRef } from '@targetgate/shared/model';
import type { Logger } from '@targetgate/shared/runtime';
import { createLedgerFile } from '../ledger/ledger-file.ts';
import type { TargetKey } from '../ledger/ledger.ts';
import { nothingLearnt, type Learnt, type Observation, type RefusedTarget } from '../plan/index.ts';
import { createConditionWriter, type ConditionWriter } from './conditions.ts';
import type { SyncContext } from './context.ts';
import { createDrains, type Drains } from './drains.ts';
import type { Holding } from './holders.ts';
import { createLanding, type Landing } from './landing.ts';
import { createMilestones, type Milestones } from './milestones.ts';
import { createOwnTargets, type OwnTargets } from './own-targets.ts';

/** What is known of one binding between its rounds. All of it can be found out again, by a restart for example. */
export interface BindingState {
  readonly own: OwnTargets;
  /** Targets with a call under way. */
  readonly busy: Set<TargetKey>;
  /** Registrations whose answer nobody has seen. */
  readonly landing: Landing;
  readonly drains: Drains;
  /** Targets that ELB refused for what they are: left alone until then (epoch ms). */
  readonly refused: Map<TargetKey, RefusedTarget & { readonly until: number }>;
  /** The uids of subjects that were seen to end, or that the API server has said to be gone. */
  readonly ended: Set<string>;
  /** Since when removals have been held (epoch ms). */
  readonly heldSince: Map<TargetKey, number>;
  readonly conditions: ConditionWriter;
  readonly milestones: Milestones;
  readonly logger: Logger;
  /** The target group; undefined until it was found. */
  arn: string | undefined;
  /** What the spec called the group when `arn` was found. */
  arnOf: TargetGroupRef | undefined;
  /** What ELB said of the group, and when it was asked (epoch ms). */
  facts: { readonly of: TargetGroupFacts | undefined; readonly askedAt: number } | undefined;
  /** When something last happened that the facts do not explain (epoch ms). */
  factsDoubtedAt: number | undefined;
  observation: Observation | undefined;
  /** What the last round knew of ELB. */
  observedBefore: Observation | undefined;
  /** How long targets of the group take to be healthy, as far as it was seen. */
  timeToHealthy: Learnt;
  /** When a look last saw what nobody had planned (epoch ms). */
  surprisedAt: number | undefined;
  /** The availability zone with which ELB took an address last: `all` for those outside the group's VPC. */
  zone: 'all' | undefined;
  /** The last registration met the quota of the target group. */
  atQuota: boolean;
  /** When this program first saw that the binding is being deleted; undefined while it stays. */
  endingSince: number | undefined;
  /** The finalizer was taken off; the watch may not show it yet. */
  released: boolean;
}

/** A binding's state before anything is known. */
export function createBindingState(
  binding: Binding,
  context: SyncContext,
  { ask, holding }: { readonly ask: () => void; readonly holding: Holding },
): BindingState {
  const { client, names, clock, metrics } = context;
  const logger = context.logger.child({ namespace: binding.namespace, binding: binding.name });
  return {
    own: createOwnTargets(createLedgerFile(client, names, binding), () => clock.now(), holding),
    busy: new Set(),
    landing: createLanding(() => clock.now()),
    drains: createDrains(() => clock.now()),
    refused: new Map(),
    ended: new Set(),
    heldSince: new Map(),
    conditions: createConditionWriter({
      client,
      gate: names.gate(binding.name),
      clock,
      onRested: ask,
      onTrouble: (trouble) => {
        metrics.failed('conditions', trouble.reason);
        logger.warn(trouble, 'a gate could not be written; it will be tried again');
      },
    }),
    milestones: createMilestones(metrics, clock),
    logger,
    arn: undefined,
    arnOf: undefined,
    facts: undefined,
    factsDoubtedAt: undefined,
    observation: undefined,
    observedBefore: undefined,
    timeToHealthy: nothingLearnt,
    surprisedAt: undefined,
    zone: undefined,
    atQuota: false,
    endingSince: undefined,
    released: false,
  };
}
