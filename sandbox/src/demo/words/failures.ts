import type { FailureCause } from '../measure/failures.ts';

/** The causes of failed requests in a few words, for tables and legends. */
export const failureNames: Readonly<Record<FailureCause, string>> = {
  'pod ended': 'no preStop: the pod had ended',
  'pod ending': 'no preStop: broken off by SIGTERM',
  'no target': 'no target',
  'not healthy': 'target not healthy yet',
  'drain over': 'broken off when the drain was over',
  other: 'other',
};

/** The same as the end of a sentence about some requests. */
export const failureClauses: Readonly<Record<FailureCause, string>> = {
  'pod ended': 'went to pods that had ended already, with no preStop to wait for the load balancer',
  'pod ending': 'were in flight when their pod got SIGTERM',
  'no target': 'found no target: the old ones had left, and no new one was healthy yet',
  'not healthy': 'went to new pods that were not healthy yet',
  'drain over': 'were in flight when the load balancer ended the drain',
  other: 'failed for another reason',
};
