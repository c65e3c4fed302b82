import { lbcGroup } from '@targetgate/shared/names';
import type { World } from '@targetgate/sandbox/world';

/** What the tests read of a binding. */
export interface ApiBinding {
  readonly metadata: { readonly finalizers?: readonly string[] };
  readonly status?: {
    readonly conditions?: readonly BindingCondition[];
    readonly targets?: Readonly<Record<'desired' | 'healthy' | 'draining' | 'foreign', number>>;
    readonly targetGroup?: { readonly targetType?: string; readonly deregistrationDelaySeconds?: number };
  };
}

interface BindingCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** The binding of an app. */
export const bindingOf = ({ kube }: World, name: string, apiGroup = lbcGroup): Promise<ApiBinding> =>
  kube.request({
    method: 'GET',
    path: `/apis/${apiGroup}/v1beta1/namespaces/${name}/targetgroupbindings/${name}`,
  });

/** Waits until a condition of an app's binding has a reason, and a message that has these words, and gives it. */
export const untilBindingSays = (
  world: World,
  name: string,
  { type, reason, words = '' }: Pick<BindingCondition, 'type' | 'reason'> & { readonly words?: string },
): Promise<BindingCondition> =>
  world.until(`binding ${name} is ${type} for ${reason}`, async () => {
    const { conditions = [] } = (await bindingOf(world, name)).status ?? {};
    const found = conditions.find((condition) => condition.type === type);
    const isSo = found?.reason === reason && found.message.includes(words);
    return isSo ? { done: found } : { still: JSON.stringify(conditions) };
  });

/** Annotates an app's binding; the key is one of LBC's group. */
export const annotateBinding = (world: World, name: string, annotation: string): Promise<string> =>
  world.kubectl([
    'annotate',
    '--overwrite',
    `--namespace=${name}`,
    `targetgroupbinding/${name}`,
    `${lbcGroup}/${annotation}`,
  ]);
