export { endpoint, endpointEntry } from './fixtures/endpoints.ts';
export { failed, gates, initial, unreachable } from './fixtures/gates.ts';
export { nodeEntry, nodeObject } from './fixtures/nodes.ts';
export { earlier, entry, gate, now, podObject, type PodTraits } from './fixtures/pods.ts';
export { inputOf, type World } from './fixtures/world.ts';
export { failing, gone, health, held, numbers, old, removalsOf } from './fixtures/removals.ts';
