import { targetKey } from '../../ledger/ledger.ts';
import type { DueRegistration, Registering, Trouble } from '../../plan/index.ts';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';
import { targetsPerCall } from '../target-groups.ts';
import type { Turn } from '../turns.ts';
import { registerBatch } from './register-batch.ts';
import type { Work } from './work.ts';

/**
 * Registers targets, one call's worth; the others are planned again. The ledger says so before ELB is told: a crash
 * in between leaks no target.
 */
export async function register(
  registering: readonly DueRegistration[],
  work: Work,
  turn: Turn,
): Promise<Trouble | undefined> {
  const { busy } = work.state;
  const batch = registering.slice(0, targetsPerCall);
  const pending = new Set(keysOf(batch));
  for (const key of pending) busy.add(key);

  /** What is registered can be deregistered, though the others of its batch may wait long for their turn. */
  function free(part: readonly Registering[]): void {
    for (const key of keysOf(part)) if (pending.delete(key)) busy.delete(key);
  }

  try {
    return await registerBatch(await record(batch, work), work, {
      turn,
      onRegistered: (part) => {
        note(part, work);
        free(part);
      },
    });
  } finally {
    free(batch);
    turn.giveBack();
  }
}

/**
 * Writes down what is about to be registered, and gives what still is. What is not registered after all is not ours: if
 * ELB has it, it is another's.
 */
async function record(
  batch: readonly DueRegistration[],
  { arn, state, context }: Work,
): Promise<readonly DueRegistration[]> {
  const { own } = state;
  const forget = (some: readonly DueRegistration[]): void => {
    if (some.length > 0) own.remove(keysOf(some));
  };
  own.put(batch.map((one) => entryOf(one, context)));
  try {
    await own.save(arn);
  } catch (error) {
    forget(batch.filter(({ unlessHealthy }) => unlessHealthy));
    throw error;
  }
  const stale = batch.filter((one) => isStale(one, state));
  forget(stale);
  return batch.filter((one) => !stale.includes(one));
}

/** It was found healthy while the ledger was written: on the word of whoever had the address before. */
const isStale = ({ target, unlessHealthy }: DueRegistration, { observation }: BindingState): boolean =>
  unlessHealthy && observation?.targets.get(targetKey(target))?.state === 'healthy';

const keysOf = (part: readonly Registering[]) => part.map(({ target }) => targetKey(target));

const entryOf = ({ target, subject }: Registering, { clock }: SyncContext) => ({
  target,
  subject,
  intendedAt: clock.now(),
  registeredAt: undefined,
});

function note(part: readonly Registering[], { state, context }: Work): void {
  const registeredAt = context.clock.now();
  state.own.put(part.map((one) => ({ ...entryOf(one, context), registeredAt })));
  state.landing.registered(keysOf(part));
  for (const { subject } of part) state.milestones.registered(subject.uid);
  const targets = part.map(({ target, subject }) => [targetKey(target), subject.name]);
  state.logger.info({ targets }, 'registered');
}
