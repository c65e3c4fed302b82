import type { World, WorldEvent } from '@targetgate/sandbox/world';

type ElbCall = Extract<WorldEvent, { kind: 'elb-call' }>;

/** The calls of ELB's API so far that match, in order of their answers. */
export const elbCalls = (
  { journal }: World,
  wanted: Partial<Pick<ElbCall, 'operation' | 'targetGroup' | 'identity'>>,
): readonly ElbCall[] =>
  journal
    .filter((event) => event.kind === 'elb-call')
    .filter((call) =>
      (['operation', 'targetGroup', 'identity'] as const).every(
        (field) => wanted[field] === undefined || call[field] === wanted[field],
      ),
    );

/** When each of these targets (`id:port`) was first seen healthy, in epoch milliseconds. */
export const healthyAt = ({ journal }: World, targetGroup: string, targets: readonly string[]): number[] =>
  targets.map((target) => {
    const first = journal.find(
      (event) =>
        event.kind === 'target' &&
        event.targetGroup === targetGroup &&
        event.target === target &&
        event.state === 'healthy',
    );
    if (first === undefined) throw new Error(`target ${target} of ${targetGroup} was never healthy`);
    return first.at;
  });
