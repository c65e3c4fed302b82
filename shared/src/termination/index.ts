export {
  longestOf,
  neededSleepOf,
  slackSeconds,
  type KnownDrain,
  type NeededSleep,
  type TerminationProfile,
} from './needed-sleep.ts';
export { neededSleepOfPod } from './needed-sleep-of-pod.ts';
export { wishOf, type PodWish } from './pod-wish.ts';
export { routingMarginOf, type RoutingMargin } from './routing-margin.ts';
export { shortcomingsOf, type Shortcomings } from './shortcomings.ts';
