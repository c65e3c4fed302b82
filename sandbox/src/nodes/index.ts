/** Kubelet stand-ins: nodes that bind pods, run them on addresses of their own, and report them as kubelet does. */
export type { NodeEvent, NodesReadyEvent, PodEvent, PodPhase, ProblemEvent, RecordEvent } from './event.ts';
export { addressRange, type AddressRange } from './address-range.ts';
export { nodeIdentity, registerNode, type NodeIdentity } from './node-object.ts';
export type { Nodes, NodesOptions } from './options.ts';
export { startNodes } from './start-nodes.ts';
export { unattendedLabel } from './unattended.ts';
