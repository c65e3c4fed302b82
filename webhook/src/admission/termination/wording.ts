import type { ContainerEnd } from '@targetgate/shared/model';
import { slackSeconds, type NeededSleep } from '@targetgate/shared/termination';
import { shown } from '../finding.ts';

/** Why a pod needs its sleep, in numbers. */
export function reasonFor({ binding, seconds, because, unknown }: NeededSleep): string {
  const known = `${seconds - slackSeconds} s`;
  return {
    'deregistration delay': `target group of binding ${named(binding)} drains for ${known}${unknown === undefined ? '' : ' or longer'}`,
    'routing margin': `pods of binding ${named(binding)} may get requests for ${known} ${unknown === undefined ? 'more' : 'or longer'}`,
  }[because];
}

/** A binding's name, as far as a warning has room for it. */
export const named = (binding: string): string => shown(binding, 26);

/** Containers: the first by name, as far as a warning has room for it, and the others by their number. */
export const listed = ({ name }: ContainerEnd, more: readonly ContainerEnd[]): string =>
  `container ${shown(name, 18)}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
