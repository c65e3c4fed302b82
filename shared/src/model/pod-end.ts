/**
 * What a container does between its pod's deletion and its SIGTERM: nothing; sleep, for so many seconds at least; or
 * something whose time only it knows.
 */
export type PreStop =
  | { readonly kind: 'none' }
  | { readonly kind: 'sleep'; readonly seconds: number }
  | { readonly kind: 'other' };

/** What of a container decides how its pod ends. */
export interface ContainerEnd {
  readonly name: string;
  readonly preStop: PreStop;
}

/** How a pod ends, by its spec. */
export interface PodEnd {
  /** From its deletion to SIGKILL, if nobody deletes it with another grace period. */
  readonly graceSeconds: number;
  /** Its containers, which all begin to stop together. */
  readonly containers: readonly ContainerEnd[];
  /**
   * Init containers that restart always. The kubelet sends them SIGTERM when the last of the others has ended (KEP-753);
   * their hooks run with those of the others (1.36: killContainer).
   */
  readonly sidecars: readonly ContainerEnd[];
}

/** The fields of a pod's spec that say how it ends. The API server fills the grace period in after admission. */
export interface RawPodEnd {
  readonly terminationGracePeriodSeconds?: number | null | undefined;
  readonly containers?: readonly RawContainerEnd[] | null | undefined;
  readonly initContainers?: readonly RawContainerEnd[] | null | undefined;
}

/** What of a container in a pod's spec says how it ends. */
export interface RawContainerEnd {
  readonly name: string;
  /** Of init containers. */
  readonly restartPolicy?: string | null | undefined;
  readonly lifecycle?: { readonly preStop?: RawPreStop | null | undefined } | null | undefined;
}

interface RawPreStop {
  readonly sleep?: { readonly seconds: number } | null | undefined;
  readonly exec?: { readonly command?: readonly string[] | null | undefined } | null | undefined;
}

/** What the API server gives to a pod that names none. */
export const defaultGraceSeconds = 30;

/** Projects what a pod's spec says of its end. */
export const projectPodEnd = (spec: RawPodEnd): PodEnd => ({
  graceSeconds: spec.terminationGracePeriodSeconds ?? defaultGraceSeconds,
  containers: (spec.containers ?? []).map(endOf),
  sidecars: (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always').map(endOf),
});

const endOf = ({ name, lifecycle }: RawContainerEnd): ContainerEnd => ({
  name,
  preStop: preStopOf(lifecycle?.preStop),
});

const none: PreStop = { kind: 'none' };
const other: PreStop = { kind: 'other' };

function preStopOf(hook: RawPreStop | null | undefined): PreStop {
  if (!hook) return none;
  const seconds = hook.sleep?.seconds ?? sleepOf(hook.exec?.command ?? []);
  return seconds === undefined ? other : { kind: 'sleep', seconds };
}

const shells = /^(?:\/bin\/|\/usr\/bin\/)?(?:sh|bash|ash|dash)$/;
/** What comes after a single & does not wait for it. */
const leadingSleep = /^\s*(?:\S*\/)?sleep\s+(\d+(?:\.\d+)?)s?\s*(?:$|;|&&|\|\||\n)/;

/** A script that begins with `sleep N`, and a command that is that, last N seconds at least. */
function sleepOf(command: readonly string[]): number | undefined {
  const [program = '', flag, script] = command;
  const isScript = shells.test(program) && flag === '-c';
  const text = isScript ? script : command.length === 2 ? command.join(' ') : undefined;
  const found = leadingSleep.exec(text ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}
