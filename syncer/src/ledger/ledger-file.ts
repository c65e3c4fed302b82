import type { Binding } from '@targetgate/shared/model';
import { isNotFound, type KubeClient } from '@targetgate/shared/kube';
import { bindingVersion, type Names } from '@targetgate/shared/names';
import { inheritedTargets, type InheritedTarget } from './inherited.ts';
import type { Ledger } from './ledger.ts';
import { readLedger, writeLedger } from './ledger-text.ts';

/** A ledger and the target group that its targets are registered with; none of the two before the first write. */
export interface LedgerContent {
  readonly targetGroupArn: string | undefined;
  readonly ledger: Ledger;
  /** It was kept for an earlier binding of the name: until it is saved, it goes with that one. */
  readonly isPredecessors: boolean;
  /** Where there is no ledger yet: the targets that LBC has recorded as this cluster's. */
  readonly inherited: readonly InheritedTarget[];
}

/**
 * A binding's ledger in the API: a ConfigMap that the garbage collector removes after the binding. A finalizer keeps it
 * for as long as the binding may have targets: the deletion of a whole namespace would take it first.
 */
export interface LedgerFile {
  /** Throws LedgerUnreadable, KubeError or KubeUnreachable: a failed read is not an empty ledger. */
  load(): Promise<LedgerContent>;
  /** Writes the whole ledger. Throws KubeError 409 where somebody else has written since the last load or save. */
  save(content: { targetGroupArn: string; ledger: Ledger }): Promise<void>;
  /**
   * Lets the ConfigMap go: its binding has no targets any more, or they were given up. It may be read until it is
   * collected, by a binding that was made anew: it says what is left, where that is known.
   */
  release(left: Ledger | undefined): Promise<void>;
}

interface ConfigMap {
  readonly metadata: {
    readonly name: string;
    readonly resourceVersion?: string;
    readonly ownerReferences?: readonly { readonly uid: string }[];
  };
  readonly data?: Readonly<Record<string, string>>;
}

export function createLedgerFile(client: KubeClient, names: Names, binding: Binding): LedgerFile {
  const { namespace } = binding;
  const name = names.ledger(binding.name);
  const collection = `/api/v1/namespaces/${namespace}/configmaps`;
  /** The version that this program knows; undefined where there is no ConfigMap yet. */
  let version: string | undefined;

  const read = (configMap: string): Promise<ConfigMap | undefined> =>
    client
      .request<ConfigMap>({ method: 'GET', path: `${collection}/${configMap}` })
      .catch((error: unknown) => {
        if (isNotFound(error)) return undefined;
        throw error;
      });

  const isOwned = ({ metadata }: ConfigMap): boolean =>
    metadata.ownerReferences?.some(({ uid }) => uid === binding.uid) ?? false;

  return {
    load: async () => {
      const found = await read(name);
      // LBC keeps such a record of groups that clusters share, and of no others.
      const isNew = found === undefined && binding.multiCluster;
      const inherited = isNew ? await read(names.inheritedLedger(binding.name)) : undefined;
      const ledger = readLedger(found?.data?.targets ?? '');
      version = found?.metadata.resourceVersion;
      return {
        targetGroupArn: found?.data?.targetGroupARN,
        ledger,
        isPredecessors: found !== undefined && !isOwned(found),
        inherited: inheritedTargets(inherited?.data?.targets ?? ''),
      };
    },

    save: async ({ targetGroupArn, ledger }) => {
      const body = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name,
          labels: { [ledgerLabel.name]: ledgerLabel.value },
          finalizers: [names.finalizer],
          ownerReferences: [ownerOf(binding, names)],
          ...(version !== undefined && { resourceVersion: version }),
        },
        data: { targetGroupARN: targetGroupArn, targets: writeLedger(ledger) },
      };
      const saved = await (version === undefined
        ? client.request<ConfigMap>({ method: 'POST', path: collection, body })
        : client.request<ConfigMap>({ method: 'PUT', path: `${collection}/${name}`, body }));
      version = saved.metadata.resourceVersion;
    },

    release: async (left) => {
      const body = { metadata: { finalizers: null }, ...(left && { data: { targets: writeLedger(left) } }) };
      await client
        .request({ method: 'PATCH', path: `${collection}/${name}`, patch: 'merge', body })
        .catch((error: unknown) => {
          if (!isNotFound(error)) throw error;
        });
    },
  };
}

/** The label that all ledgers have. */
export const ledgerLabel = { name: 'app.kubernetes.io/managed-by', value: 'targetgate' };

const ownerOf = (binding: Binding, names: Names) => ({
  apiVersion: `${names.group}/${bindingVersion}`,
  kind: 'TargetGroupBinding',
  name: binding.name,
  uid: binding.uid,
});
