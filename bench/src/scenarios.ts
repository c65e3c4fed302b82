import { admission } from './admission/scenario.ts';
import { clusterGrowth } from './cluster-growth/scenario.ts';
import { growth } from './growth/scenario.ts';
import { largeCluster } from './large-cluster/scenario.ts';
import { massStartLarge, massStartSmall, massStartThrottled } from './mass-start/scenarios.ts';
import { recycledAddress } from './recycled-address/scenario.ts';
import { controllerKilled, standbyTakeover } from './rollout/killed-scenarios.ts';
import { rollout, rolloutWithoutPreStop } from './rollout/scenarios.ts';
import { rounds } from './rounds/scenario.ts';
import type { Scenario } from './scenario.ts';
import { settled } from './settled/scenario.ts';

/** All that can be measured, in the order in which it is. */
export const scenarios: readonly Scenario[] = [
  rollout,
  rolloutWithoutPreStop,
  controllerKilled,
  standbyTakeover,
  massStartSmall,
  massStartLarge,
  massStartThrottled,
  settled,
  recycledAddress,
  rounds,
  admission,
  largeCluster,
  clusterGrowth,
  growth,
];
