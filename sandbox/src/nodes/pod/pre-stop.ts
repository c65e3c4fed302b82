/** The handlers of a preStop hook that the stand-in understands. */
export interface RawHook {
  readonly sleep?: { readonly seconds: number };
  readonly exec?: { readonly command?: readonly string[] };
}

const shells = ['sh', 'bash', 'ash', '/bin/sh', '/bin/bash', '/bin/ash'];
const leadingSleep = /^\s*(?:\S*\/)?sleep\s+(\d+(?:\.\d+)?)s?\b/;

/**
 * How long a preStop hook takes, in milliseconds: `sleep` (Kubernetes 1.30 and later), or an exec of `sleep N`,
 * directly or as the beginning of a shell's -c script. Anything else takes no time: there is no container to run it in.
 */
export function preStopMs(hook: RawHook | undefined): number {
  if (hook?.sleep) return hook.sleep.seconds * 1000;
  const command = hook?.exec?.command ?? [];
  const isScript = shells.includes(command[0] ?? '') && command[1] === '-c';
  const script = isScript ? (command[2] ?? '') : command.join(' ');
  return Number(leadingSleep.exec(script)?.[1] ?? 0) * 1000;
}
