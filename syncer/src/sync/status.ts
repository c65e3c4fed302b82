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
  return { observedGeneration: binding.generation, ready };
}

export const sameStatus = (a: BindingStatus, b: BindingStatus): boolean =>
  a.observedGeneration === b.observedGeneration &&
  a.ready?.status === b.ready?.status &&
  a.ready?.reason === b.ready?.reason &&
  a.ready?.message === b.ready?.message;
