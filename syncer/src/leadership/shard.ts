import { targetGroupNameIn, type TargetGroupRef } from '@targetgate/shared/model';
import { spreadOf } from '../spread.ts';

/** A part of all bindings: those that one replica works on. */
export interface Shard {
  /** How many there are. */
  readonly of: number;
  owns(binding: Shardable): boolean;
}

/** What decides about a binding's shard. */
export interface Shardable {
  readonly namespace: string;
  readonly name: string;
  /** Undefined where the binding is only named, by a gate, or names no group. */
  readonly targetGroup?: TargetGroupRef | undefined;
}

/** The shard with this number, counted from 0. */
export const shardOf = (number: number, of: number): Shard => ({
  of,
  owns: (binding) => of === 1 || shardNumber(keyOf(binding), of) === number,
});

/**
 * Bindings of one target group meet in one shard, as they hand its targets over to each other; also where one of them
 * has its name and another its ARN. A gate whose binding does not exist goes by the binding's own name.
 */
function keyOf({ namespace, name, targetGroup }: Shardable): string {
  if (targetGroup === undefined) return `${namespace}/${name}`;
  return targetGroup.by === 'name'
    ? targetGroup.name
    : (targetGroupNameIn(targetGroup.arn) ?? targetGroup.arn);
}

/** Rendezvous hashing: the shard with the highest score has the key. One shard more takes its part evenly from all. */
export function shardNumber(key: string, of: number): number {
  const scores = Array.from({ length: of }, (_, number) => spreadOf(`${number}/${key}`));
  return scores.indexOf(Math.max(...scores));
}
