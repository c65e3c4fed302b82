import type { Container, EnvironmentEntry } from './container.ts';
import type { Pod } from './pod.ts';

/** Where a pod runs: what the downward API can tell beyond the pod's own metadata. */
export interface Place {
  readonly address: string;
  readonly hostAddress: string;
}

/**
 * A container's environment: values, with $(NAME) of earlier entries filled in, and `fieldRef`s. ConfigMaps, Secrets
 * and `envFrom` are not read; an entry that refers to one is left out.
 */
export function containerEnvironment(container: Container, pod: Pod, place: Place): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const entry of container.environment) {
    const value = valueOf(entry, pod, place);
    if (value !== undefined) environment[entry.name] = expand(value, environment);
  }
  return environment;
}

/** Fills in $(NAME); $$(NAME) is a literal $(NAME), and unknown names stay as they are, as in Kubernetes. */
export const expand = (text: string, environment: Readonly<Record<string, string>>): string =>
  text.replace(/\$(\$?)\(([^()\s]+)\)/g, (whole, escape: string, name: string) =>
    escape === '' ? (environment[name] ?? whole) : `$(${name})`,
  );

function valueOf({ value, valueFrom }: EnvironmentEntry, pod: Pod, place: Place): string | undefined {
  if (valueFrom === undefined) return value ?? '';
  return valueFrom.fieldRef && field(valueFrom.fieldRef.fieldPath, pod, place);
}

/** The value at a path of the downward API; undefined where the stand-in does not know the path. */
function field(path: string, pod: Pod, place: Place): string | undefined {
  const [, map, key = ''] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (map !== undefined) return pod[map as 'labels' | 'annotations'][key] ?? '';
  const fields: Record<string, string | undefined> = {
    'metadata.name': pod.name,
    'metadata.namespace': pod.namespace,
    'metadata.uid': pod.uid,
    'spec.nodeName': pod.nodeName,
    'spec.serviceAccountName': pod.serviceAccount,
    'status.podIP': place.address,
    'status.podIPs': place.address,
    'status.hostIP': place.hostAddress,
  };
  return fields[path];
}
