import type { Binding, BindingStatus } from '@targetgate/shared/model';
import type { Problem } from '@targetgate/shared/resolve';
import type { Trouble } from '../plan/index.ts';

/** What a binding's status should say: whether its targets follow its pods, and if not, why. */
export function statusOf(binding: Binding, problem: Problem | Trouble | undefined): BindingStatus {
  const ready = problem
    ? { status: 'False', reason: problem.reason, message: problem.message }
    : {
        status: 'True',
        reason: 'InStep',
        message: `the target group follows service ${binding.serviceName}`,
      };
  // The time of a condition moves only with its status.
  const stays = binding.status.ready?.status === ready.status;
  const readySince = stays ? binding.status.readySince : undefined;
  return { observedGeneration: binding.generation, ready, readySince };
}

export const sameStatus = (a: BindingStatus, b: BindingStatus): boolean =>
  a.observedGeneration === b.observedGeneration &&
  a.ready?.status === b.ready?.status &&
  a.ready?.reason === b.ready?.reason &&
  a.ready?.message === b.ready?.message;
