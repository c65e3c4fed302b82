import type { RawObject } from '@targetgate/shared/kube';

/** A pod, projected to what forwarding needs. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly address: string | undefined;
  /** Its Ready condition is True, and it is not being deleted. */
  readonly serves: boolean;
  /** The numbers of its named ports. */
  readonly namedPorts: ReadonlyMap<string, number>;
}

interface RawPod {
  readonly metadata: RawObject['metadata'] & {
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly initContainers?: readonly RawContainer[];
    readonly containers: readonly RawContainer[];
  };
  readonly status?: {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

interface RawContainer {
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
}

export function projectPod(raw: RawObject): Pod {
  const { metadata, spec, status = {} } = raw as unknown as RawPod;
  const ready = (status.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
  const ports = [...(spec.initContainers ?? []), ...spec.containers].flatMap(({ ports = [] }) => ports);
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    labels: metadata.labels ?? {},
    address: status.podIP,
    serves: ready && metadata.deletionTimestamp === undefined,
    namedPorts: new Map(
      ports.flatMap(({ name, containerPort }) => (name === undefined ? [] : [[name, containerPort]])),
    ),
  };
}
