import { readFile } from 'node:fs/promises';

/** What a process has used so far. */
export interface ProcessUse {
  readonly cpuSeconds: number;
  /** The memory that it has in RAM now. */
  readonly rssMiB: number;
}

/** Linux counts CPU time in ticks of 10 ms on every architecture that Node runs on (USER_HZ, proc(5)). */
const ticksPerSecond = 100;

/** Reads the texts of /proc/PID/stat and /proc/PID/status. */
export function parseUse(stat: string, status: string): ProcessUse {
  // The second field, the program's name in brackets, may hold spaces and brackets itself.
  const fromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fromThird[14 - 3]), Number(fromThird[15 - 3])];
  const [, kiB] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return { cpuSeconds: (user + system) / ticksPerSecond, rssMiB: Number(kiB) / 1024 };
}

/** What a process has used; undefined where it has ended. */
export async function useOf(pid: number): Promise<ProcessUse | undefined> {
  const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8');
  try {
    return parseUse(await read('stat'), await read('status'));
  } catch {
    return undefined;
  }
}
