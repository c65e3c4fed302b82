/** Programs that the sandbox starts: their output, their orderly end, and that none outlives the sandbox. */
export { type Exit, type ProcessOptions, type RunningProcess, startProcess } from './start.ts';
