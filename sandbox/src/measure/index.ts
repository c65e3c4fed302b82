/** What a run has cost, and how long each step took: read off the world's journal and /proc. */
export { elbCallsOf, totalOf, type Span } from './elb-calls.ts';
export { latenciesOf, type Latencies } from './latencies.ts';
export { followPods, type PodTimeline, type PodTimelines } from './pod-timeline.ts';
export { useOf, type ProcessUse } from './process-cost.ts';
export { meterPrograms, type ProgramCost, type ProgramMeter } from './program-meter.ts';
export { spreadOf, type Spread } from './spread.ts';
