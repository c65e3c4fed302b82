import type { Binding } from '@targetgate/shared/model';
import type { BindingState } from '../binding-state.ts';
import type { SyncContext } from '../context.ts';
import type { Order, Urgency } from '../turns.ts';

/** What a call to ELB is made for. */
export interface Work {
  readonly binding: Binding;
  readonly arn: string;
  readonly state: BindingState;
  readonly context: SyncContext;
}

/** A call about the binding's target group. */
export const orderFor = (urgency: Urgency, { binding, arn }: Pick<Work, 'binding' | 'arn'>): Order => ({
  urgency,
  role: binding.role,
  about: arn,
});
