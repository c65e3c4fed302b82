export { settle } from './fixtures/clock.ts';
export { createHarness, type Harness } from './fixtures/harness.ts';
export { annotation, finalizer, key, putInService } from './fixtures/in-service.ts';
export { createMortalWire, type LastCall } from './fixtures/last-call.ts';
export { createThrottle } from './fixtures/throttle.ts';
