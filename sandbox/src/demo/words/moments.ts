import type { Moment } from '../../measure/pod-timeline.ts';

/** The moments in words. */
export const momentWords: Readonly<Record<Moment, string>> = {
  created: 'created',
  containersReady: 'containers ready',
  registered: 'registered',
  healthy: 'healthy',
  gateOpen: 'gate open',
  deleted: 'deleted',
  deregistered: 'deregistered',
  drained: 'drain over',
  sigterm: 'SIGTERM',
  gone: 'gone',
};
