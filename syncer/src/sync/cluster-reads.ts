import { isNotFound, type KubeClient, type RawObject } from '@targetgate/shared/kube';
import { projectService, type Binding, type Pod } from '@targetgate/shared/model';
import { bindingVersion, type Names } from '@targetgate/shared/names';
import { selects, type Subject } from '@targetgate/shared/resolve';
import type { BindingId } from './route.ts';

/** Reads of the API server itself, past the caches: for what cannot be taken back and rests on something missing. */
export interface ClusterReads {
  bindingExists(id: BindingId): Promise<boolean>;
  /** True where there is no such pod or node any more, or another one has its name. */
  hasEnded(namespace: string, subject: Subject): Promise<boolean>;
  /** True where the binding's service selects the pod. */
  isSelected(binding: Binding, pod: Pod): Promise<boolean>;
}

export function createClusterReads(client: KubeClient, names: Names): ClusterReads {
  const read = (path: string): Promise<RawObject | undefined> =>
    client.request<RawObject>({ method: 'GET', path }).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });

  return {
    bindingExists: async ({ namespace, name }) => {
      const collection = `/apis/${names.group}/${bindingVersion}/namespaces/${namespace}/targetgroupbindings`;
      return (await read(`${collection}/${name}`)) !== undefined;
    },

    hasEnded: async (namespace, { kind, name, uid }) => {
      const collection = kind === 'node' ? '/api/v1/nodes' : `/api/v1/namespaces/${namespace}/pods`;
      return (await read(`${collection}/${name}`))?.metadata.uid !== uid;
    },

    isSelected: async ({ namespace, serviceName }, pod) => {
      const service = await read(`/api/v1/namespaces/${namespace}/services/${serviceName}`);
      return service !== undefined && selects(projectService(service), pod.labels);
    },
  };
}
