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
  /** True where another binding has the name by now. */
  isBoundAnew(binding: Binding): Promise<boolean>;
  /** Tells which pods the binding's service selects; none where there is no such service. */
  selection(binding: Binding): Promise<(pod: Pod) => boolean>;
}

export function createClusterReads(client: KubeClient, names: Names): ClusterReads {
  const read = (path: string): Promise<RawObject | undefined> =>
    client.request<RawObject>({ method: 'GET', path }).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });

  const readBinding = ({ namespace, name }: BindingId): Promise<RawObject | undefined> =>
    read(`/apis/${names.group}/${bindingVersion}/namespaces/${namespace}/targetgroupbindings/${name}`);

  return {
    bindingExists: async (id) => (await readBinding(id)) !== undefined,

    isBoundAnew: async (binding) => {
      const found = await readBinding(binding);
      return found !== undefined && found.metadata.uid !== binding.uid;
    },

    hasEnded: async (namespace, { kind, name, uid }) => {
      const collection = kind === 'node' ? '/api/v1/nodes' : `/api/v1/namespaces/${namespace}/pods`;
      return (await read(`${collection}/${name}`))?.metadata.uid !== uid;
    },

    selection: async ({ namespace, serviceName }) => {
      const found = await read(`/api/v1/namespaces/${namespace}/services/${serviceName}`);
      const service = found && projectService(found);
      return (pod) => service !== undefined && selects(service, pod.labels);
    },
  };
}
