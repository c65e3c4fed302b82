import { countsOf, failureCauses } from '../measure/failures.ts';
import { isOld, type Rollout } from '../measure/rollout.ts';
import { failureClauses } from './failures.ts';
import { count, seconds } from './numbers.ts';

type Told = Pick<Rollout, 'startedAt' | 'pods' | 'failures' | 'latencies'>;

/** Why a rollout failed requests, or did not, in words made of what was measured. */
export function causeOf(rollout: Told): string {
  return rollout.failures.length === 0 ? successOf(rollout) : failureOf(rollout);
}

function failureOf({ failures, startedAt }: Told): string {
  const [first, last] = [failures[0], failures.at(-1)];
  if (!first || !last) return '';
  const counts = countsOf(failures);
  const parts = failureCauses.flatMap((cause) => {
    const requests = counts[cause];
    return requests === undefined ? [] : [`${count(requests)} ${failureClauses[cause]}`];
  });
  return (
    `Requests failed from ${seconds(first.at - startedAt)} to ${seconds(last.at - startedAt)}: ` +
    `${parts.join('; ')}.`
  );
}

function successOf(rollout: Told): string {
  const { pods, latencies, startedAt } = rollout;
  const old = pods.filter((pod) => isOld(pod, rollout));
  const fresh = pods.filter((pod) => !isOld(pod, rollout));
  const lastLeft = Math.max(...old.map(({ at }) => at.deregistered ?? Infinity));
  const healthy = fresh.filter(({ at }) => (at.healthy ?? Infinity) <= lastLeft).length;
  const when = Number.isFinite(lastLeft) ? seconds(lastLeft - startedAt) : 'no time';
  const sigterm = latencies.sigterm
    ? ` Each old pod got SIGTERM ${seconds(latencies.sigterm.min)} or more after it was deregistered.`
    : '';
  return `When the last old target left, at ${when}, ${healthy} of ${fresh.length} new ones were healthy.${sigterm}`;
}
