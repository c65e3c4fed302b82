import type { KubeClient } from '@targetgate/shared/kube';
import type { Manifest } from '@targetgate/sandbox/world';

/** Where objects of each kind are created. */
const collections: Readonly<Record<string, (namespace: string) => string>> = {
  Namespace: () => '/api/v1/namespaces',
  Service: (namespace) => `/api/v1/namespaces/${namespace}/services`,
  Pod: (namespace) => `/api/v1/namespaces/${namespace}/pods`,
  TargetGroupBinding: (namespace) =>
    `/apis/elbv2.k8s.aws/v1beta1/namespaces/${namespace}/targetgroupbindings`,
};

/** Creates an object, and gives it as the API server has it: for hundreds of them, where kubectl would take its time. */
export function create<T>(kube: KubeClient, object: Manifest): Promise<T> {
  const collection = collections[object.kind];
  if (!collection) throw new Error(`the bench makes no ${object.kind}`);
  return kube.request<T>({
    method: 'POST',
    path: collection(object.metadata.namespace ?? ''),
    body: object,
  });
}
