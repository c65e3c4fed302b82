import type { World } from '@targetgate/sandbox/world';
import { isNotFound } from '@targetgate/shared/kube';
import type { LbcBinding } from './lbc-binding.ts';

/**
 * LBC's ConfigMaps `aws-lbc-targets-BINDING`: which targets of a group that clusters share are this cluster's. Read
 * once, then kept in memory, as LBC does.
 */
export interface LbcRecords {
  /** Those of the targets that may be deregistered. Without a record nothing may, and `isNew` asks for one. */
  mine(
    binding: LbcBinding,
    targets: readonly string[],
  ): Promise<{ readonly mine: readonly string[]; readonly isNew: boolean }>;
  /** Writes the record anew, or for the first time only. */
  write(binding: LbcBinding, targets: readonly string[], when: 'always' | 'first time'): Promise<void>;
}

export function createLbcRecords(world: World): LbcRecords {
  const known = new Map<string, readonly string[]>();
  const keyOf = ({ metadata }: LbcBinding): string => `${metadata.namespace}/${metadata.name}`;
  const nameOf = ({ metadata }: LbcBinding): string => `aws-lbc-targets-${metadata.name}`;

  async function read(binding: LbcBinding): Promise<readonly string[] | undefined> {
    const path = `/api/v1/namespaces/${binding.metadata.namespace}/configmaps/${nameOf(binding)}`;
    const found = await world.kube
      .request<{ data?: { targets?: string } }>({ method: 'GET', path })
      .catch((error: unknown) => {
        if (isNotFound(error)) return undefined;
        throw error;
      });
    return found && (found.data?.targets ?? '').split(',');
  }

  return {
    mine: async (binding, targets) => {
      if (binding.spec.multiClusterTargetGroup !== true) return { mine: targets, isNew: false };
      const recorded = known.get(keyOf(binding)) ?? (await read(binding));
      if (recorded === undefined) return { mine: [], isNew: true };
      known.set(keyOf(binding), recorded);
      return { mine: targets.filter((target) => recorded.includes(target)), isNew: false };
    },

    write: async (binding, targets, when) => {
      if (binding.spec.multiClusterTargetGroup !== true) return;
      if (when === 'first time' && known.has(keyOf(binding))) return;
      const { namespace } = binding.metadata;
      const metadata = { name: nameOf(binding), namespace };
      await world.apply([
        { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { targets: targets.join() } },
      ]);
      known.set(keyOf(binding), targets);
    },
  };
}
