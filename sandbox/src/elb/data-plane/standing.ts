import type { Life } from '../targets/target-life.ts';

/**
 * What the data plane does with a target: send it requests, send some only when nobody serves (fail open), or none.
 */
export type Standing = 'serving' | 'reserve' | 'none';

/**
 * A target's standing in this state. One whose registration is in progress is not known to the load balancer's own
 * nodes yet: they cannot fail open to it, and a group that has no others answers 503.
 */
export function standingOf(life: Life): Standing {
  switch (life.phase) {
    case 'healthy':
      return 'serving';
    case 'checking':
    case 'unhealthy':
      return 'reserve';
    case 'registering':
    case 'unused':
    case 'draining':
    case 'gone':
      return 'none';
  }
}
