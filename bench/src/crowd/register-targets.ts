import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { MadeTargetGroup, World } from '@targetgate/sandbox/world';
import { appPort } from './objects.ts';
import type { PlannedPod } from './plan.ts';

/** Registers the targets of pods in their apps' groups, as a former syncer would have: up to 200 of each group. */
export async function registerTargets(
  { elb }: Pick<World, 'elb'>,
  groups: ReadonlyMap<string, MadeTargetGroup>,
  pods: readonly PlannedPod[],
): Promise<void> {
  for (const [app, members] of Map.groupBy(pods, ({ group }) => group)) {
    await elb.send(
      new RegisterTargetsCommand({
        TargetGroupArn: groups.get(app)?.arn,
        Targets: members.map(({ address }) => ({ Id: address, Port: appPort })),
      }),
    );
  }
}
