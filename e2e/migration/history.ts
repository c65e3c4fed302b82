import type { World } from '@targetgate/sandbox/world';

/**
 * What has happened to targets since a moment: each call that deregisters some, and each change of state that the load
 * balancer has seen. Registering a registered target once more is neither: ELB does nothing.
 */
export const targetChangesSince = ({ journal }: World, at: number): readonly string[] =>
  journal.flatMap((event) => {
    if (event.at < at) return [];
    if (event.kind === 'target') return [`${event.target} is ${event.state}`];
    return event.kind === 'elb-call' && event.operation === 'DeregisterTargets'
      ? [`deregistered: ${event.targets.join()}`]
      : [];
  });

/** The gates that have been written since a moment, other than to open them. */
export const gatesNotOpenSince = ({ journal }: World, at: number): readonly string[] =>
  journal.flatMap((event) =>
    event.kind === 'gate' && event.at >= at && event.status !== 'True'
      ? [`${event.pod}: ${event.status} ${event.reason ?? ''}`]
      : [],
  );
