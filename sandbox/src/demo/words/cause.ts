import type { PodTimeline } from '../measure/pod-timeline.ts';
import { isOk } from '../measure/request-rate.ts';
import { isOld, type Rollout } from '../measure/rollout.ts';

/** Why a rollout failed requests, or did not, in words made of what was measured. */
export function causeOf(rollout: Pick<Rollout, 'startedAt' | 'pods' | 'rate' | 'traffic'>): string {
  const { startedAt, pods, traffic } = rollout;
  const old = pods.filter((pod) => isOld(pod, rollout));
  const fresh = pods.filter((pod) => !isOld(pod, rollout));
  const lastLeft = Math.max(...old.map(({ at }) => at.deregistered ?? Infinity));
  const after = (at: number): string =>
    Number.isFinite(at) ? `${((at - startedAt) / 1000).toFixed(1)} s` : 'no time';

  if (traffic.failed === 0) {
    const healthy = fresh.filter(({ at }) => (at.healthy ?? Infinity) <= lastLeft).length;
    return `When the last old target left, at ${after(lastLeft)}, ${healthy} of ${fresh.length} new ones were healthy.`;
  }
  const failing = failingSpan(rollout);
  const when = failing ? ` from ${after(failing.from)} to ${after(failing.to)}` : '';
  const firstHealthy = earliest(fresh, 'healthy');
  if (firstHealthy <= lastLeft)
    return `Requests failed${when}, with new targets healthy from ${after(firstHealthy)} on.`;
  const failedOpen =
    failing && failing.to < firstHealthy
      ? ' Until then the load balancer fails open to new ones that it knows but has not checked.'
      : '';
  return (
    `Requests failed${when}: all old targets had left by ${after(lastLeft)}, ` +
    `and the first new one was healthy only at ${after(firstHealthy)}.${failedOpen}`
  );
}

const earliest = (pods: readonly PodTimeline[], moment: 'healthy'): number =>
  Math.min(...pods.map(({ at }) => at[moment] ?? Infinity));

/** From the first to the last failure, as fine as the buckets are. */
function failingSpan({
  rate,
}: Pick<Rollout, 'rate'>): { readonly from: number; readonly to: number } | undefined {
  const failing = rate.filter(({ counts }) => Object.keys(counts).some((status) => !isOk(status)));
  const [first, last] = [failing[0], failing.at(-1)];
  return first && last && { from: first.at, to: last.at + last.ms };
}
