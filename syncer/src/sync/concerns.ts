import type { TargetGroupFacts } from '@targetgate/shared/model';
import type { Names } from '@targetgate/shared/names';
import type { EndUnderWay } from '../ends/under-way.ts';
import { targetKey } from '../ledger/ledger.ts';
import type { HeldRemoval, PlanInput, Trouble } from '../plan/index.ts';

/** What is not in a plan's input. */
export interface Beside {
  readonly arn: string | undefined;
  /** What is wrong with the binding's annotations. */
  readonly mistakes: readonly string[];
  /** The names of pods that should have a gate and have none. */
  readonly ungated: readonly string[];
  /** In shadow mode: what would be done now. */
  readonly pending: readonly string[];
  /** What ELB has said of the target group; undefined before it has. */
  readonly facts: TargetGroupFacts | undefined;
  /** The ends of pods that are under way. */
  readonly ends: readonly EndUnderWay[];
  readonly names: Names;
}

/** All that a concern may rest on. */
interface Seen extends Beside {
  readonly input: PlanInput;
  readonly held: readonly HeldRemoval[];
}

/** What needs a person's eye although the targets are in step, the most telling first. */
export const concernsOf = (input: PlanInput, held: readonly HeldRemoval[], beside: Beside): Trouble[] =>
  concerns.map((concern) => concern({ ...beside, input, held })).filter((trouble) => trouble !== undefined);

const concerns: readonly ((seen: Seen) => Trouble | undefined)[] = [
  removalsHeld,
  quotaReached,
  targetsRefused,
  targetsUnusable,
  annotationUnreadable,
  podsWithoutGate,
];

function removalsHeld({ held, input, names }: Seen): Trouble | undefined {
  const [one] = held;
  if (one === undefined) return undefined;
  const { namespace, name } = input.binding;
  const reasons = [...new Set(held.map(({ cause, until }) => `${cause}, until ${until}`))].join('; ');
  const which = `${one.subject.name} ${targetKey(one.target)}${held.length > 1 ? ', ...' : ''}`;
  const command = `kubectl annotate --overwrite --namespace ${namespace} targetgroupbindings.${names.group} ${name} ${names.annotation('allow-removals-until')}=TIME`;
  return {
    reason: 'RemovalsHeld',
    message: `${held.length} targets are kept (${which}): ${reasons}. To let them go: ${command} (until when they may, such as 2026-01-02T15:04:05Z)`,
  };
}

function quotaReached({ input }: Seen): Trouble | undefined {
  if (!input.atQuota) return undefined;
  const message = 'the target group takes no more targets: raise its quota, or have fewer';
  return { reason: 'QuotaReached', message };
}

function targetsRefused({ input }: Seen): Trouble | undefined {
  if (input.refused.size === 0) return undefined;
  const message = first([...input.refused].map(([key, { trouble }]) => `${key}: ${trouble.message}`));
  return { reason: 'TargetsRefused', message };
}

/** A pod that has no address yet is no concern: it is not ready either. */
function targetsUnusable({ input }: Seen): Trouble | undefined {
  const unusable = (input.resolution.candidates ?? [])
    .filter(({ registration }) => registration === 'wanted')
    .flatMap(({ problem }) => (problem ? [problem.message] : []));
  if (unusable.length === 0) return undefined;
  return { reason: 'TargetsUnusable', message: first(unusable) };
}

function annotationUnreadable({ mistakes }: Seen): Trouble | undefined {
  return mistakes.length > 0 ? { reason: 'AnnotationUnreadable', message: mistakes.join('; ') } : undefined;
}

function podsWithoutGate({ ungated }: Seen): Trouble | undefined {
  if (ungated.length === 0) return undefined;
  const message = `no readiness gate on ${first(ungated)}; restart them while the webhook runs`;
  return { reason: 'PodsWithoutGate', message };
}

/** The first few say enough. */
const shown = 3;

function first(lines: readonly string[]): string {
  const more = lines.length > shown ? `, and ${lines.length - shown} more` : '';
  return lines.slice(0, shown).join(', ') + more;
}
