import { shown } from '../finding.ts';
import type { Objection } from './objection.ts';

/** Why an eviction is refused, what to do, and when that ends, for the person who drains. */
export function refusalMessage(pod: string, { rule, binding, awaited }: Objection, until: number): string {
  const group = `TargetGroupBinding ${binding}`;
  const missing = `not healthy: ${listed(awaited)}`;
  const remedy = awaited.length > 0 ? missing : 'scale up, so that another can take its place';
  const facts = {
    last_healthy: `without pod ${pod} no healthy target of ${group} is left; ${remedy}`,
    replacement_unhealthy: `${group} has other pods that are ${missing}`,
    not_its_turn: `pods of ${group} leave a node in the order of their names; before ${pod}: ${listed(awaited)}`,
  };
  return `targetgate: ${facts[rule]}. After ${timeOf(until)} it is let go all the same, one pod a minute`;
}

/** What is said when an eviction is let through in spite of an objection: at most 256 characters. */
export function overdueWarning(pod: string, { rule, binding }: Objection, since: number): string {
  const group = `TargetGroupBinding ${shown(binding)}`;
  const facts = {
    last_healthy: `no healthy target of ${group} is left`,
    replacement_unhealthy: `not all others of ${group} are healthy`,
    not_its_turn: `others of ${group} on its node come first`,
  };
  return `targetgate: pod ${shown(pod)} is let go after refusals since ${timeOf(since)}: ${facts[rule]}`;
}

/** What is said when nothing is known: at most 256 characters. */
export const unknownWarning = (pod: string): string =>
  `targetgate: pod ${shown(pod)} is let go unchecked: the API server did not say how its target group's other pods are`;

/** More than these are only counted. */
const listedPods = 3;

function listed(awaited: Objection['awaited']): string {
  const pods = awaited.slice(0, listedPods).map(({ name, obstacle }) => `${name} (${obstacle})`);
  const more = awaited.length - pods.length;
  return pods.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** RFC 3339, in whole seconds: rounded up, so that the time has come when it is said to have. */
const timeOf = (ms: number): string =>
  new Date(Math.ceil(ms / 1000) * 1000).toISOString().replace('.000', '');
