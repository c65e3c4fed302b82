import type { PodPhase } from '../nodes/index.ts';
import type { WorldEvent } from '../world/index.ts';

/** The ten moments of a pod's life behind a load balancer, in the order of a life that goes well. */
export const moments = [
  'created',
  'containersReady',
  'registered',
  'healthy',
  'gateOpen',
  'deleted',
  'deregistered',
  'drained',
  'sigterm',
  'gone',
] as const;

export type Moment = (typeof moments)[number];

/** A pod and when each moment came, in epoch milliseconds. What has not come is left out. */
export interface PodTimeline {
  readonly name: string;
  readonly uid: string;
  /** Once it has one. No other pod of a demo ever gets it. */
  readonly ip?: string;
  readonly at: Readonly<Partial<Record<Moment, number>>>;
}

/** The timelines of one namespace's pods, from the events of a world. */
export interface PodTimelines {
  see(event: WorldEvent): void;
  /** In order of creation. */
  pods(): PodTimeline[];
}

type At = Partial<Record<Moment, number>>;

const ofPhase: Partial<Record<PodPhase, Moment>> = {
  created: 'created',
  'containers-ready': 'containersReady',
  deleted: 'deleted',
  sigterm: 'sigterm',
  gone: 'gone',
};

const ofCall: Readonly<Record<string, Moment>> = {
  RegisterTargets: 'registered',
  DeregisterTargets: 'deregistered',
};

const ofState: Readonly<Record<string, Moment>> = { healthy: 'healthy', gone: 'drained' };

/** The address of a target, which is `ip:port`. */
export const ipOf = (target: string): string => target.slice(0, target.lastIndexOf(':'));

/**
 * Follows the pods of a namespace and their targets in a group. Nodes, simulator and watch report side by side, so
 * the order of events from different sources means nothing; only their times do. Of a moment that comes again the
 * first counts.
 */
export function followPods(of: { readonly namespace: string; readonly targetGroup: string }): PodTimelines {
  const pods = new Map<string, { readonly name: string; ip?: string; readonly at: At }>();
  const targets = new Map<string, At>();

  function pod(uid: string, name: string): { ip?: string; readonly at: At } {
    const known = pods.get(uid) ?? { name, at: {} };
    pods.set(uid, known);
    return known;
  }
  function target(id: string): At {
    const ip = ipOf(id);
    const known = targets.get(ip) ?? {};
    targets.set(ip, known);
    return known;
  }

  /** Two watches may show the same change: the earlier one is nearer to when it happened. */
  function note(at: At, moment: Moment, time: number): void {
    at[moment] = Math.min(at[moment] ?? Infinity, time);
  }

  function see(event: WorldEvent): void {
    if (event.kind === 'pod' && event.namespace === of.namespace) {
      const entry = pod(event.uid, event.name);
      if (event.ip !== undefined) entry.ip = event.ip;
      const moment = ofPhase[event.phase];
      if (moment) note(entry.at, moment, event.at);
    } else if (event.kind === 'gate' && event.namespace === of.namespace && event.status === 'True') {
      note(pod(event.uid, event.pod).at, 'gateOpen', event.at);
    } else if (event.kind === 'deletion' && event.namespace === of.namespace) {
      note(pod(event.uid, event.pod).at, 'deleted', event.at);
    } else if (event.kind === 'elb-call' && event.targetGroup === of.targetGroup && event.result === 'ok') {
      const moment = ofCall[event.operation];
      if (moment) for (const id of event.targets) note(target(id), moment, event.at);
    } else if (event.kind === 'target' && event.targetGroup === of.targetGroup) {
      const moment = ofState[event.state];
      if (moment) note(target(event.target), moment, event.at);
    }
  }

  return {
    see,
    pods: () =>
      [...pods]
        .map(([uid, { name, ip, at }]) => ({
          uid,
          name,
          ...(ip !== undefined && { ip }),
          at: { ...at, ...(ip !== undefined && targets.get(ip)) },
        }))
        .sort((a, b) => (a.at.created ?? 0) - (b.at.created ?? 0) || (a.name < b.name ? -1 : 1)),
  };
}
