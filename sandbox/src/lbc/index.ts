export { lbcProgram, startLbc, type RunningLbc } from './start-lbc.ts';
