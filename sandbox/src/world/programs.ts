import type { WorldEvent } from './event.ts';

/** A container that runs as a process of its own. */
export interface Program {
  readonly container: string;
  readonly namespace: string;
  readonly pod: string;
  readonly pid: number;
}

/** The programs that run now, by what the nodes tell. */
export interface Programs {
  see(event: WorldEvent): void;
  /** The running containers of a name, the one that started last first. */
  running(container: string): Program[];
}

/** No programs yet. */
export function followPrograms(): Programs {
  const programs = new Map<string, Program>();
  return {
    see: (event) => {
      if (event.kind !== 'pod') return;
      const { uid, phase, container, pid, namespace, name } = event;
      if (phase === 'gone') {
        for (const key of programs.keys()) if (key.startsWith(`${uid}/`)) programs.delete(key);
      } else if (phase === 'started' && container !== undefined && pid !== undefined) {
        const key = `${uid}/${container}`;
        programs.delete(key);
        programs.set(key, { container, namespace, pod: name, pid });
      }
    },
    running: (container) =>
      [...programs.values()].filter((program) => program.container === container).reverse(),
  };
}
