import type { Binding, TargetGroupFacts } from '../model/index.ts';
import { rememberedGroupOf } from './remembered-group.ts';

/**
 * The type of a binding's targets: what the binding says, else what its group is, else what its status remembers of
 * that very group (a group's type never changes). `ip` or `instance`, or a type that bindings cannot have; undefined
 * while it is not known.
 */
export const targetTypeOf = (
  binding: Pick<Binding, 'targetType' | 'targetGroup' | 'status'>,
  group: Pick<TargetGroupFacts, 'targetType'> | undefined,
): string | undefined => binding.targetType ?? group?.targetType ?? rememberedGroupOf(binding)?.targetType;
