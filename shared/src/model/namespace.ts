import type { RawObject } from '../kube/index.ts';

/** A namespace, projected to what the rules need. */
export interface Namespace {
  /** Always empty: namespaces are in no namespace. */
  readonly namespace: '';
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Projects an API namespace. */
export function projectNamespace(raw: RawObject): Namespace {
  const { metadata } = raw as RawNamespace;
  const { name, labels = {}, annotations = {} } = metadata;
  return { namespace: '', name, labels, annotations };
}

interface RawNamespace {
  metadata: RawObject['metadata'] & {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
}
