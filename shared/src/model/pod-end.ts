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
  /**
   * Its containers, which all begin to stop together. Not its sidecars (init containers that restart always): the
   * kubelet sends them SIGTERM when the last of the others has ended (KEP-753).
   */
  readonly containers: readonly ContainerEnd[];
}

/** The fields of a pod's spec that say how it ends. The API server fills the grace period in after admission. */
export interface RawPodEnd {
  readonly terminationGracePeriodSeconds?: number | null | undefined;
  readonly containers?: readonly RawContainerEnd[] | null | undefined;
}

interface RawContainerEnd {
  readonly name: string;
  readonly lifecycle?: { readonly preStop?: RawPreStop | null | undefined } | null | undefined;
}

interface RawPreStop {
  readonly sleep?: { readonly seconds: number } | null | undefined;
  readonly exec?: { readonly command?: readonly string[] | null | undefined } | null | undefined;
}

/** What the API server gives to a pod that names none. */
export const defaultGraceSeconds = 30;

/** Projects what a pod's spec says of its end. */
export const projectPodEnd = ({ terminationGracePeriodSeconds, containers }: RawPodEnd): PodEnd => ({
  graceSeconds: terminationGracePeriodSeconds ?? defaultGraceSeconds,
  containers: (containers ?? []).map(({ name, lifecycle }) => ({
    name,
    preStop: preStopOf(lifecycle?.preStop),
  })),
});

const none: PreStop = { kind: 'none' };
const other: PreStop = { kind: 'other' };

function preStopOf(hook: RawPreStop | null | undefined): PreStop {
  if (!hook) return none;
  const seconds = hook.sleep?.seconds ?? sleepOf(hook.exec?.command ?? []);
  return seconds === undefined ? other : { kind: 'sleep', seconds };
}

const shells = /^(?:\/bin\/|\/usr\/bin\/)?(?:sh|bash|ash|dash)$/;
const leadingSleep = /^\s*(?:\S*\/)?sleep\s+(\d+(?:\.\d+)?)s?\s*(?:$|[;&|\n])/;

/** A command that begins with `sleep N`, by itself or as a shell's script, lasts N seconds at least. */
function sleepOf(command: readonly string[]): number | undefined {
  const [program = '', flag, script] = command;
  const text = shells.test(program) && flag === '-c' ? script : command.join(' ');
  const found = leadingSleep.exec(text ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}
