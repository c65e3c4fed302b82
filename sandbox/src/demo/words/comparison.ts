import { totalOf } from '../../measure/elb-calls.ts';
import type { ProgramCost } from '../../measure/program-meter.ts';
import { countsOf, failureCauses } from '../measure/failures.ts';
import { isOk, statusesOf } from '../measure/request-rate.ts';
import type { Rollout } from '../measure/rollout.ts';
import { failureNames } from './failures.ts';
import { count, fromTo, seconds, spread } from './numbers.ts';

/** One line of the comparison: a value for each rollout. A detail belongs to the line above that is none. */
export interface ComparisonRow {
  readonly label: string;
  readonly values: readonly string[];
  readonly detail: boolean;
}

const none = '–';

/** The numbers of the rollouts side by side, in words. */
export function comparisonOf(rollouts: readonly Rollout[]): ComparisonRow[] {
  const row = (label: string, value: (rollout: Rollout) => string, detail = false): ComparisonRow => ({
    label,
    values: rollouts.map(value),
    detail,
  });
  const statuses = union(rollouts.map(({ traffic }) => statusesOf(traffic)));
  const causes = failureCauses.filter((cause) =>
    rollouts.some(({ failures }) => cause in countsOf(failures)),
  );
  const operations = union(rollouts.map(({ elbCalls }) => Object.keys(elbCalls)));
  const programs = union(rollouts.map((rollout) => rollout.programs.map(({ program }) => program)));
  return [
    row('requests', ({ traffic }) => count(traffic.requests)),
    ...statuses.map((status) =>
      row(nameOf(status), ({ traffic }) => countOrNone(traffic.byStatus[status]), true),
    ),
    row('failed', ({ traffic }) => failed(traffic.failed, traffic.requests)),
    ...causes.map((cause) =>
      row(failureNames[cause], ({ failures }) => countOrNone(countsOf(failures)[cause]), true),
    ),
    row('latency', ({ traffic }) => `p50 ${ms(traffic.p50)}, p99 ${ms(traffic.p99)}`),
    row('rollout status complete', (rollout) => seconds(rollout.completeAt - rollout.startedAt)),
    row('last old pod gone', (rollout) => seconds(rollout.oldGoneAt - rollout.startedAt)),
    row('ContainersReady → RegisterTargets', ({ latencies }) => spread(latencies.register)),
    row('healthy in ELB → gate True', ({ latencies }) => spread(latencies.gate)),
    row('deletionTimestamp → DeregisterTargets', ({ latencies }) => spread(latencies.deregister)),
    row('DeregisterTargets → SIGTERM', ({ latencies }) => fromTo(latencies.sigterm)),
    row('ELB calls', ({ elbCalls }) => count(totalOf(elbCalls))),
    ...operations.map((operation) =>
      row(operation, ({ elbCalls }) => countOrNone(elbCalls[operation]), true),
    ),
    ...programs.flatMap((program) => [
      row(`${program} CPU`, (rollout) => cpu(rollout, program)),
      row(`${program} memory`, (rollout) => memory(rollout, program)),
    ]),
  ];
}

const nameOf = (status: string): string => (isOk(status) ? `HTTP ${status}` : failureName(status));
const failureName = (status: string): string =>
  /^\d+$/.test(status) ? `HTTP ${status}` : `connection ${status}`;
const countOrNone = (value: number | undefined): string => (value === undefined ? none : count(value));
const ms = (value: number): string => `${Math.round(value)} ms`;

const failed = (failures: number, requests: number): string =>
  failures === 0 ? '0' : `${count(failures)} (${((100 * failures) / requests).toFixed(1)} %)`;

/** The replicas of a program, the busiest first: of two syncers, one stands by. */
const replicasOf = ({ programs }: Rollout, name: string): readonly ProgramCost[] =>
  programs
    .filter(({ program }) => program === name)
    .sort(({ cpuSeconds: one }, { cpuSeconds: other }) => other - one);

const each = (replicas: readonly ProgramCost[], say: (replica: ProgramCost) => string): string =>
  replicas.length === 0 ? none : replicas.map(say).join(', ');

const cpu = (rollout: Rollout, name: string): string =>
  each(replicasOf(rollout, name), ({ cpuSeconds }) => `${cpuSeconds.toFixed(2)} s`);

const memory = (rollout: Rollout, name: string): string =>
  each(replicasOf(rollout, name), ({ rssMiB }) => `${Math.round(rssMiB)} MiB`);

const union = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];
