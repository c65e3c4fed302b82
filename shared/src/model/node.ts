import type { RawObject } from '../kube/index.ts';
import { parseTime } from './time.ts';

/** A node, projected to what the rules need. */
export interface Node {
  /** Always empty: nodes are in no namespace. */
  readonly namespace: '';
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The cloud's own name of the machine, for example aws:///us-west-2a/i-0123456789abcdef0; undefined where it has none. */
  readonly providerId: string | undefined;
  readonly ready: boolean;
  /** No new pod is put on it: it is being emptied, or kept from being filled. */
  readonly cordoned: boolean;
  /** The keys of its taints. */
  readonly taints: readonly string[];
  /** When its deletion was asked for, in epoch milliseconds; undefined for a node that stays. */
  readonly deletedAt: number | undefined;
}

/** Projects an API node. */
export function projectNode(raw: RawObject): Node {
  const { metadata, spec, status } = raw as RawNode;
  return {
    namespace: '',
    name: metadata.name,
    uid: metadata.uid,
    labels: metadata.labels ?? {},
    providerId: spec?.providerID || undefined,
    ready: (status?.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True'),
    cordoned: spec?.unschedulable === true,
    taints: (spec?.taints ?? []).map(({ key }) => key),
    deletedAt: parseTime(metadata.deletionTimestamp),
  };
}

interface RawNode {
  metadata: RawObject['metadata'] & { labels?: Record<string, string>; deletionTimestamp?: string };
  spec?: { providerID?: string; unschedulable?: boolean; taints?: { key: string }[] };
  status?: { conditions?: { type: string; status: string }[] };
}
