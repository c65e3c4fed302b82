import type { PodTimeline } from '../../measure/pod-timeline.ts';

/** Where a pod is on its way, as a user of the load balancer would see it. */
export const stages = [
  'starting',
  'waiting',
  'checking',
  'serving',
  'draining',
  'leaving',
  'ending',
] as const;

/**
 * - starting: its containers are not ready yet;
 * - waiting: ready, but not registered;
 * - checking: registered, but not healthy in the load balancer yet;
 * - serving: healthy, the load balancer sends it requests;
 * - leaving: being deleted, but not deregistered yet;
 * - draining: deregistered; it runs on through its preStop for what still arrives;
 * - ending: it has got SIGTERM.
 */
export type Stage = (typeof stages)[number];

/** The stage of a pod at a time (epoch milliseconds); undefined before its creation and after its end. */
export function stageAt({ at }: Pick<PodTimeline, 'at'>, time: number): Stage | undefined {
  const has = (moment: keyof PodTimeline['at']): boolean => (at[moment] ?? Infinity) <= time;
  if (!has('created') || has('gone')) return undefined;
  if (has('sigterm')) return 'ending';
  if (has('deregistered')) return 'draining';
  if (has('deleted')) return has('registered') ? 'leaving' : 'draining';
  if (has('healthy')) return 'serving';
  if (has('registered')) return 'checking';
  return has('containersReady') ? 'waiting' : 'starting';
}

/** One stage of a pod's life, in epoch milliseconds; `to` is undefined while it lasts. */
export interface StageSpan {
  readonly stage: Stage;
  readonly from: number;
  readonly to: number | undefined;
}

/** The stages of a pod one after the other, without gaps; stages that it skipped or that took no time are left out. */
export function stageSpans({ at }: Pick<PodTimeline, 'at'>): StageSpan[] {
  const turns = [...new Set(Object.values(at))].sort((a, b) => a - b);
  const spans: StageSpan[] = [];
  for (const [index, from] of turns.entries()) {
    const stage = stageAt({ at }, from);
    const to = turns[index + 1];
    const last = spans.at(-1);
    if (stage === undefined) continue;
    if (last?.stage === stage) spans[spans.length - 1] = { ...last, to };
    else spans.push({ stage, from, to });
  }
  return spans;
}
