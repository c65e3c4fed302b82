import type { Target } from '@targetgate/shared/resolve';

/** A target that another controller has recorded as this cluster's. For whom it was registered is not on record. */
export type InheritedTarget = Target;

/**
 * Reads LBC's record of a group that clusters share (ConfigMap `aws-lbc-targets-<binding>`, key `targets`): `id:port`
 * with commas between; IPv6 addresses have no brackets. What cannot be read is passed over: it stays a foreign target.
 */
export function inheritedTargets(text: string): readonly InheritedTarget[] {
  return text
    .split(',')
    .map((word) => /^(?<id>.+):(?<port>\d+)$/.exec(word.trim())?.groups)
    .flatMap((parts) => (parts?.id === undefined ? [] : [{ id: parts.id, port: Number(parts.port) }]));
}
