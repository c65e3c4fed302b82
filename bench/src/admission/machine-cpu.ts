import { cpus } from 'node:os';

/** The CPU time that everything on this machine has used since it started, in seconds. */
export const machineCpuSeconds = (): number =>
  cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + (user + nice + sys + irq) / 1000, 0);
