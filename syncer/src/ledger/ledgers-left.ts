import type { KubeClient } from '@targetgate/shared/kube';
import type { Names } from '@targetgate/shared/names';
import { ledgerLabel } from './ledger-file.ts';

/** The binding that a ledger says it belongs to. */
export interface LedgerOwner {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** The group that its targets are registered with; undefined where the ledger does not say. */
  readonly targetGroupArn: string | undefined;
}

interface ConfigMapList {
  readonly items: readonly {
    readonly data?: { readonly targetGroupARN?: string };
    readonly metadata: {
      readonly namespace: string;
      readonly name: string;
      readonly ownerReferences?: readonly {
        readonly kind: string;
        readonly name: string;
        readonly uid: string;
      }[];
    };
  }[];
}

/** Whose ledgers there are in the cluster, or in one namespace of it. Throws as KubeClient.request does. */
export async function listLedgerOwners(
  client: KubeClient,
  names: Names,
  namespace: string | undefined,
): Promise<readonly LedgerOwner[]> {
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  const { items } = await client.request<ConfigMapList>({
    method: 'GET',
    path: `/api/v1${scope}/configmaps`,
    query: { labelSelector: `${ledgerLabel.name}=${ledgerLabel.value}` },
  });
  return items.flatMap(({ data, metadata: { namespace: home, name, ownerReferences = [] } }) =>
    ownerReferences
      .filter((owner) => owner.kind === 'TargetGroupBinding' && names.ledger(owner.name) === name)
      .map((owner) => ({
        namespace: home,
        name: owner.name,
        uid: owner.uid,
        targetGroupArn: data?.targetGroupARN,
      })),
  );
}
