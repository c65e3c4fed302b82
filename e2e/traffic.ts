import type { RunningTraffic, World, WorldEvent } from '@targetgate/sandbox/world';

/** Waits until a traffic has run for so many seconds, by its own account. */
export const untilTrafficRanFor = (world: World, name: string, seconds: number): Promise<void> =>
  world.until(`traffic ${name} has run for ${seconds} s`, () => {
    const ms = world.journal
      .filter((event) => event.kind === 'traffic')
      .filter(({ traffic }) => traffic === name)
      .reduce((sum, event) => sum + event.ms, 0);
    return Promise.resolve(ms >= seconds * 1000 ? { done: undefined } : { still: `${ms} ms` });
  });

/** Ends a traffic and gives the requests of it that failed, each with its time, status and target. */
export async function failedRequests(
  { journal }: World,
  name: string,
  traffic: RunningTraffic,
): Promise<readonly WorldEvent[]> {
  await traffic.stop();
  return journal.filter((event) => event.kind === 'failed-request' && event.traffic === name);
}
