import { describe, expect, it } from '@jest/globals';
import type { KubeClient } from '@targetgate/shared/kube';
import { followApiServer } from './follow-api-server.ts';
import type { ApiServerVersion } from './native-sleep.ts';

const of = (minor: string): ApiServerVersion => ({ major: '1', minor, gitVersion: `v1.${minor}.0` });

/** Follows an API server that gives these answers in turn; settles when it is asked no more before the next pause. */
async function follow(answers: readonly (ApiServerVersion | Error)[]) {
  const left = [...answers];
  const said: string[] = [];
  const problems: unknown[] = [];
  const pauses: number[] = [];
  const answered = Promise.withResolvers<undefined>();
  const request = (): Promise<unknown> => {
    const next = left.shift();
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  const apiServer = followApiServer({
    client: { request } as unknown as KubeClient,
    onVersion: (version) => said.push(version),
    onProblem: (problem) => problems.push(problem),
    pause: (ms, signal) => {
      pauses.push(ms);
      if (left.length > 0) return Promise.resolve();
      answered.resolve(undefined);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
      });
    },
  });
  const before = apiServer.hasNativeSleep();
  await answered.promise;
  const after = apiServer.hasNativeSleep();
  await apiServer.close();
  return { before, after, said, problems, pauses, asked: answers.length - left.length };
}

describe('the version of the API server', () => {
  it('is taken for an old one until it is known, as that would refuse a pod with an empty hook', async () => {
    expect(await follow([of('36')])).toMatchObject({ before: false, after: true, said: ['v1.36.0'] });
  });

  it('is asked for every ten minutes, and told where it changes', async () => {
    const { said, after, pauses } = await follow([of('29'), of('29'), of('30')]);
    expect([said, after]).toEqual([['v1.29.0', 'v1.30.0'], true]);
    expect(pauses).toEqual([600_000, 600_000, 600_000]);
  });

  it('is asked for again where there is no answer', async () => {
    const { said, problems } = await follow([new Error('no answer'), of('36')]);
    expect([said, problems]).toEqual([['v1.36.0'], [new Error('no answer')]]);
  });

  it('is not asked for any more after the close', async () => {
    expect((await follow([of('36')])).asked).toBe(1);
  });
});
