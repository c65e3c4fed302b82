import { homeNamespaceOf } from '@targetgate/shared/kube';
import { Misconfigured, type Config } from '@targetgate/shared/runtime';
import type { settings } from './settings.ts';

/**
 * The namespace of the Leases: as set, or else where this program is.
 *
 * @throws Misconfigured where nothing says.
 */
export function leaseNamespaceOf(
  config: Pick<Config<typeof settings>, 'lease-namespace' | 'kubeconfig'>,
): string {
  const namespace = config['lease-namespace'] ?? homeNamespaceOf(config);
  if (namespace !== undefined && namespace !== '') return namespace;
  throw new Misconfigured(
    'no namespace for the Lease by which replicas choose their leader: set POD_NAMESPACE (or --lease-namespace)',
  );
}
