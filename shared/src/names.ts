import { createHash } from 'node:crypto';

/** The API group of LBC's dialect, and targetgate's own group for clusters that run LBC as well. */
export const lbcGroup = 'elbv2.k8s.aws';

/** Every name that targetgate uses in the Kubernetes API, derived from one API group. */
export interface Names {
  readonly group: string;
  /** The collection of all bindings of the cluster. */
  readonly bindingsPath: string;
  /** The namespace label that asks for readiness gates; its value is `enabled`. */
  readonly injectLabel: string;
  /** The namespace label that asks for terminations that outlast the drain; its value is `enabled`. */
  readonly terminationLabel: string;
  /** The namespace label that asks for evictions to be guarded; its value is `enabled`. */
  readonly evictionLabel: string;
  /** Held on a binding while it may have registered targets. */
  readonly finalizer: string;
  /** The condition type, and readiness gate, of a binding. */
  gate(bindingName: string): string;
  /** The name of the binding that a condition type belongs to; undefined for anyone else's condition. */
  bindingOfGate(conditionType: string): string | undefined;
  /** An annotation of a binding or a namespace. */
  annotation(key: string): string;
  /** The ConfigMap that says which of a binding's targets are ours. */
  ledger(bindingName: string): string;
  /** The ConfigMap in which LBC records which targets of a group that clusters share are this cluster's. */
  inheritedLedger(bindingName: string): string;
}

/** The API version of TargetGroupBinding in every group. */
export const bindingVersion = 'v1beta1';

/** Gates with this prefix are leftovers of LBC v1 that nothing opens any more. */
export const legacyGatePrefix = 'target-health.alb.ingress.k8s.aws/';

/** A condition type's name part is a qualified name: the API server refuses more characters than this. */
export const longestGatedBindingName = 63;

/** Derives all names from an API group, for example `elbv2.k8s.aws` or `targetgate.dev`. */
export function namesOf(group: string): Names {
  const gatePrefix = `target-health.${group}/`;
  return {
    group,
    bindingsPath: `/apis/${group}/${bindingVersion}/targetgroupbindings`,
    injectLabel: `${group}/pod-readiness-gate-inject`,
    terminationLabel: `${group}/graceful-termination`,
    evictionLabel: `${group}/eviction-guard`,
    finalizer: `${group}/resources`,
    gate: (bindingName) => gatePrefix + bindingName,
    bindingOfGate: (type) => (type.startsWith(gatePrefix) ? type.slice(gatePrefix.length) : undefined),
    annotation: (key) => `${group}/${key}`,
    ledger: (bindingName) => ledgerName(group, bindingName),
    inheritedLedger: (bindingName) => `aws-lbc-targets-${bindingName}`,
  };
}

/** A ConfigMap's name has 253 characters at most, and so may a binding's: a long one is cut, and told apart by a hash. */
function ledgerName(group: string, bindingName: string): string {
  const name = `targets.${group}.${bindingName}`;
  if (name.length <= longestObjectName) return name;
  const hash = createHash('sha256').update(bindingName).digest('hex').slice(0, 16);
  return `${name.slice(0, longestObjectName - hash.length - 1).replace(/[.-]+$/, '')}.${hash}`;
}

const longestObjectName = 253;

/** True for the health gates of any binding of any group: they never wait for one another. */
export const isTargetHealthGate = (conditionType: string): boolean =>
  conditionType.startsWith('target-health.');
