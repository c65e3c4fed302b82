import { isConflict, isNotFound, type KubeClient } from '@targetgate/shared/kube';
import type { Binding, BindingStatus } from '@targetgate/shared/model';
import { bindingVersion, type Names } from '@targetgate/shared/names';
import type { BindingId } from './route.ts';

/** What the syncer writes to bindings. */
export interface BindingApi {
  /** Adds or takes off the finalizer; other finalizers stay. A binding that is gone needs neither. */
  setFinalizer(binding: Binding, held: boolean): Promise<void>;
  writeStatus(binding: Binding, status: BindingStatus): Promise<void>;
}

interface RawMetadata {
  readonly metadata: {
    readonly uid: string;
    readonly resourceVersion: string;
    readonly finalizers?: readonly string[];
  };
}

/** A patch that meets another writer is made again, this often. */
const mostTries = 5;

export function createBindingApi(client: KubeClient, names: Names): BindingApi {
  const apiVersion = `${names.group}/${bindingVersion}`;
  const pathOf = ({ namespace, name }: BindingId): string =>
    `/apis/${apiVersion}/namespaces/${namespace}/targetgroupbindings/${name}`;

  const read = (id: BindingId): Promise<RawMetadata | undefined> =>
    client.request<RawMetadata>({ method: 'GET', path: pathOf(id) }).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });

  return {
    setFinalizer: async (binding, held) => {
      for (let tries = 1; ; tries++) {
        const found = await read(binding);
        // One of that name with another uid is a new binding: it is not meant.
        if (found?.metadata.uid !== binding.uid) return;
        const { resourceVersion, finalizers = [] } = found.metadata;
        if (finalizers.includes(names.finalizer) === held) return;
        const others = finalizers.filter((finalizer) => finalizer !== names.finalizer);
        try {
          // The version makes the API server refuse the patch where somebody else was first; then it is made anew.
          await client.request({
            method: 'PATCH',
            path: pathOf(binding),
            patch: 'merge',
            body: { metadata: { resourceVersion, finalizers: held ? [...others, names.finalizer] : others } },
          });
          return;
        } catch (error) {
          if (!isConflict(error) || tries === mostTries) throw error;
        }
      }
    },

    writeStatus: async (binding, status) => {
      await client
        .request({
          method: 'PATCH',
          path: `${pathOf(binding)}/status`,
          patch: 'json',
          // The whole of it: a merge would keep what an earlier target group was like.
          body: [{ op: 'add', path: '/status', value: status }],
        })
        .catch((error: unknown) => {
          if (!isNotFound(error)) throw error;
        });
    },
  };
}
