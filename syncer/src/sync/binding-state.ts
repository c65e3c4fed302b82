import type { Binding } from '@targetgate/shared/model';
import type { Logger } from '@targetgate/shared/runtime';
import { createLedgerFile } from '../ledger/ledger-file.ts';
import type { TargetKey } from '../ledger/ledger.ts';
import type { Observation } from '../plan/index.ts';
import { createConditionWriter, type ConditionWriter } from './conditions.ts';
import type { SyncContext } from './context.ts';
import { createMilestones, type Milestones } from './milestones.ts';
import { createOwnTargets, type OwnTargets } from './own-targets.ts';

/** What is known of one binding between its rounds. All of it can be found out again, by a restart for example. */
export interface BindingState {
  readonly own: OwnTargets;
  /** Targets with a call under way. */
  readonly busy: Set<TargetKey>;
  readonly conditions: ConditionWriter;
  readonly milestones: Milestones;
  readonly logger: Logger;
  /** The target group; undefined until it was found. */
  arn: string | undefined;
  observation: Observation | undefined;
  /** The finalizer was taken off; the watch may not show it yet. */
  released: boolean;
}

/** A binding's state before anything is known. */
export function createBindingState(binding: Binding, context: SyncContext): BindingState {
  const { client, names, clock, metrics, logger } = context;
  return {
    own: createOwnTargets(createLedgerFile(client, names, binding), () => clock.now()),
    busy: new Set(),
    conditions: createConditionWriter(client, names.gate(binding.name), clock),
    milestones: createMilestones(metrics, clock),
    logger: logger.child({ namespace: binding.namespace, binding: binding.name }),
    arn: undefined,
    observation: undefined,
    released: false,
  };
}
