import { targetGroupNameOf } from '../model/arn.ts';
import type { World } from '../model/world.ts';
import { keyOf } from '../targets/target-address.ts';
import { membersOf, textOf, type QueryFields } from './query.ts';

/** What a call is about. */
export type Subject = { readonly targetGroup?: string; readonly targets: readonly string[] };

/** Reads the subject from the raw call, since calls that were refused are logged too. */
export function subjectOf(call: QueryFields, world: World): Subject {
  const arn = textOf(call, 'TargetGroupArn');
  const targetGroup = targetGroupNameOf(arn);
  const defaultPort = world.groups.get(arn)?.settings.port ?? 0;
  const targets = membersOf(call, 'Targets').map((target) =>
    keyOf({ id: textOf(target, 'Id'), port: Number(textOf(target, 'Port') || defaultPort) }),
  );
  return targetGroup === undefined ? { targets } : { targetGroup, targets };
}
