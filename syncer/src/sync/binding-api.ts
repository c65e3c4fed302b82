import { isConflict, isNotFound, type KubeClient } from '@targetgate/shared/kube';
import type { Binding, BindingStatus } from '@targetgate/shared/model';
import { bindingVersion, type Names } from '@targetgate/shared/names';
import type { Clock } from '@targetgate/shared/runtime';
import type { BindingId } from './route.ts';

/** What the syncer writes to bindings, and reads of them past the cache. */
export interface BindingApi {
  /** Asks the API server itself whether the binding exists: a cache may lag. */
  exists(id: BindingId): Promise<boolean>;
  /** Adds or takes off the finalizer; other finalizers stay. A binding that is gone needs neither. */
  setFinalizer(binding: Binding, held: boolean): Promise<void>;
  writeStatus(binding: Binding, status: BindingStatus): Promise<void>;
  /** Records a Warning event about the binding. */
  warn(binding: Binding, reason: string, message: string): Promise<void>;
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

export function createBindingApi(client: KubeClient, names: Names, clock: Clock): BindingApi {
  const apiVersion = `${names.group}/${bindingVersion}`;
  const pathOf = ({ namespace, name }: BindingId): string =>
    `/apis/${apiVersion}/namespaces/${namespace}/targetgroupbindings/${name}`;

  const read = (id: BindingId): Promise<RawMetadata | undefined> =>
    client.request<RawMetadata>({ method: 'GET', path: pathOf(id) }).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });

  return {
    exists: async (id) => (await read(id)) !== undefined,

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

    writeStatus: async (binding, { observedGeneration, ready, readySince }) => {
      const lastTransitionTime = readySince ?? new Date(clock.now()).toISOString();
      const conditions = ready && [{ type: 'Ready', ...ready, observedGeneration, lastTransitionTime }];
      await client
        .request({
          method: 'PATCH',
          path: `${pathOf(binding)}/status`,
          patch: 'merge',
          body: { status: { observedGeneration, ...(conditions && { conditions }) } },
        })
        .catch((error: unknown) => {
          if (!isNotFound(error)) throw error;
        });
    },

    warn: async (binding, reason, message) => {
      const now = new Date(clock.now()).toISOString();
      const { namespace, name, uid } = binding;
      await client.request({
        method: 'POST',
        path: `/api/v1/namespaces/${namespace}/events`,
        body: {
          metadata: { generateName: `${name}.` },
          involvedObject: { apiVersion, kind: 'TargetGroupBinding', namespace, name, uid },
          type: 'Warning',
          reason,
          message,
          source: { component: 'targetgate-syncer' },
          firstTimestamp: now,
          lastTimestamp: now,
          count: 1,
        },
      });
    },
  };
}
