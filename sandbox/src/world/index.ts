/** The whole sandbox as real processes: a control plane, nodes, services, an ELB, traffic, and targetgate itself. */
export type { ElbIdentity } from './aws.ts';
export { ensureBundles } from './bundles.ts';
export type { GateEvent, TrafficRecord, WorldEvent } from './event.ts';
export { untilTrusted } from './install.ts';
export type { Addresses } from './instance.ts';
export type { WorldOptions } from './options.ts';
export { privateAddresses } from './private-addresses.ts';
export type { Program } from './programs.ts';
export type { KubeCall, ProgramsCalls } from './programs-calls.ts';
export { startWorld } from './start-world.ts';
export type { MadeTargetGroup, TargetGroupOptions } from './target-group.ts';
export type { RunningTraffic, TrafficRequest } from './traffic-process.ts';
export type { Seen } from './until.ts';
export type { Manifest, World } from './world.ts';
