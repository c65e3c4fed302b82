import type { World } from '@targetgate/sandbox/world';
import type { PlannedGroup } from './plan.ts';

interface BindingList {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
    readonly status?: { readonly targetGroup?: { readonly deregistrationDelaySeconds?: number } };
  }[];
}

/**
 * Waits until the target group of each app is known: targetgate's syncer says in the status what it is like, LBC leaves
 * its checkpoint behind.
 */
export async function untilKnown(world: World, apps: readonly PlannedGroup[]): Promise<void> {
  for (const namespace of new Set(apps.map((app) => app.namespace))) {
    const wanted = new Set(apps.filter((app) => app.namespace === namespace).map(({ name }) => name));
    const path = `/apis/elbv2.k8s.aws/v1beta1/namespaces/${namespace}/targetgroupbindings`;
    await world.until(
      `the bindings of ${namespace} know their target groups`,
      async () => {
        const { items } = await world.kube.request<BindingList>({ method: 'GET', path });
        const known = items.filter(
          ({ metadata, status }) =>
            wanted.has(metadata.name) &&
            (status?.targetGroup?.deregistrationDelaySeconds !== undefined ||
              metadata.annotations?.['elbv2.k8s.aws/checkpoint'] !== undefined),
        ).length;
        return known === wanted.size ? { done: undefined } : { still: `${known} of ${wanted.size} do` };
      },
      { timeoutMs: 120_000 },
    );
  }
}
