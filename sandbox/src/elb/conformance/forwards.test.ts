import { describe, expect, it } from '@jest/globals';
import { openBench, type Bench } from './bench.ts';

/** A listener that forwards to an app's own group, and a second group with an app that no listener knows yet. */
async function twoGroups(bench: Bench) {
  const [oldApp, newApp] = [await bench.app(), await bench.app()];
  const [oldGroup, newGroup] = [await bench.group('old'), await bench.group('new')];
  const { url, listenerArn } = await bench.expose(oldGroup);
  await bench.register(oldGroup, oldApp.port);
  await bench.register(newGroup, newApp.port);
  await bench.reached(oldApp.port, 'healthy');
  const share = (old: number, fresh: number) =>
    bench.sdk.modifyListener({
      ListenerArn: listenerArn,
      DefaultActions: [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: oldGroup, Weight: old },
              { TargetGroupArn: newGroup, Weight: fresh },
            ],
          },
        },
      ],
    });
  const answered = async (requests: number): Promise<number[]> => {
    const before = [oldApp, newApp].map(({ seen }) => seen.requests);
    for (let index = 0; index < requests; index += 1) await (await fetch(url)).arrayBuffer();
    return [oldApp, newApp].map(({ seen }, index) => seen.requests - (before[index] ?? 0));
  };
  return { oldGroup, newGroup, oldApp, newApp, listenerArn, share, answered };
}

describe('a listener that forwards to two groups', () => {
  it('has the targets of one with weight 0 checked before a request is sent to them', async () => {
    await using bench = await openBench();
    const { newApp, newGroup, share, answered } = await twoGroups(bench);
    expect((await bench.health(newGroup, newApp.port))?.Reason).toBe('Target.NotInUse');
    await share(1, 0);
    await bench.reached(newApp.port, 'healthy');
    expect(await answered(6)).toEqual([6, 0]);
  });

  it('sends requests by weight, and to the new one only in the end', async () => {
    await using bench = await openBench();
    const { newApp, oldApp, oldGroup, newGroup, listenerArn, share, answered } = await twoGroups(bench);
    await share(1, 1);
    await bench.reached(newApp.port, 'healthy');
    const [ofOld = 0, ofNew = 0] = await answered(40);
    expect([ofOld > 5, ofNew > 5, ofOld + ofNew]).toEqual([true, true, 40]);

    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: newGroup }];
    await bench.sdk.modifyListener({ ListenerArn: listenerArn, DefaultActions });
    expect(await answered(6)).toEqual([0, 6]);
    expect((await bench.health(oldGroup, oldApp.port))?.Reason).toBe('Target.NotInUse');
  });

  it('says so when it is asked', async () => {
    await using bench = await openBench();
    const { oldGroup, newGroup, listenerArn, share } = await twoGroups(bench);
    await share(9, 1);
    const { Listeners } = await bench.sdk.describeListeners({ ListenerArns: [listenerArn] });
    expect(Listeners?.[0]?.DefaultActions).toEqual([
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: oldGroup, Weight: 9 },
            { TargetGroupArn: newGroup, Weight: 1 },
          ],
        },
      },
    ]);
  });
});
