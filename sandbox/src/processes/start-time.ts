import { readFileSync } from 'node:fs';

/**
 * When a running process started, in clock ticks since boot: with its pid, its name for good, as a pid alone may be
 * given to another process later. Field 22 of /proc/PID/stat, proc(5). Throws where there is no such process.
 */
export function startTime(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field, the program's name in brackets, may hold spaces and brackets itself.
  const fieldsFromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fieldsFromThird[22 - 3];
  if (ticks === undefined) throw new Error(`/proc/${pid}/stat has no start time: ${stat}`);
  return ticks;
}
