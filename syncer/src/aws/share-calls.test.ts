import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ElbResult } from '../sync/target-groups.ts';
import { shareCalls } from './share-calls.ts';

const arn = (name: string, region = 'eu-west-1') =>
  `arn:aws:elasticloadbalancing:${region}:1:targetgroup/${name}/0`;

/** Each call as it was made; it is answered when a test says so. */
let calls: { arns: readonly string[]; answer: (result: ElbResult<ReadonlyMap<string, string>>) => void }[];
let ask: ReturnType<typeof shareCalls<string>>;

beforeEach(() => {
  calls = [];
  ask = shareCalls((arns) => new Promise((resolve) => calls.push({ arns, answer: resolve })), 3);
});

/** Answers the next call, which says `is ARN` of each but those that are gone. */
async function answerNext(gone: readonly string[] = []): Promise<void> {
  const { arns, answer } = calls.shift() ?? { arns: [], answer: () => undefined };
  const known = arns.filter((one) => !gone.includes(one));
  answer({ ok: new Map(known.map((one) => [one, `is ${one}`])) });
  await new Promise((resolve) => setImmediate(resolve));
}

it('a question with nobody before it is a call at once', async () => {
  const answer = ask(arn('a'), 'routine');
  expect(calls.map(({ arns }) => arns)).toEqual([[arn('a')]]);
  await answerNext();
  expect(await answer).toEqual({ ok: `is ${arn('a')}` });
});

it('those that come meanwhile share the next call, as many as it takes', async () => {
  const answers = ['a', 'b', 'c', 'd', 'e'].map((name) => ask(arn(name), 'routine'));
  expect(calls).toHaveLength(1);
  await answerNext();
  expect(calls.map(({ arns }) => arns)).toEqual([[arn('b'), arn('c'), arn('d')]]);
  await answerNext();
  expect(calls.map(({ arns }) => arns)).toEqual([[arn('e')]]);
  await answerNext();
  expect((await Promise.all(answers)).every((answer) => 'ok' in answer)).toBe(true);
});

it('regions and urgencies have calls of their own', () => {
  void ask(arn('a'), 'routine');
  void ask(arn('b'), 'awaited');
  void ask(arn('c', 'us-east-2'), 'routine');
  expect(calls).toHaveLength(3);
});

it('of what the answer lacks there is nothing to say', async () => {
  const answer = ask(arn('a'), 'routine');
  await answerNext([arn('a')]);
  expect(await answer).toEqual({ ok: undefined });
});

describe('a call that fails', () => {
  const failNext = async (reason: 'TargetGroupNotFound' | 'Throttled'): Promise<void> => {
    calls.shift()?.answer({ trouble: { reason, message: 'no' } });
    await new Promise((resolve) => setImmediate(resolve));
  };
  let answers: Promise<ElbResult<string | undefined>>[];

  beforeEach(async () => {
    void ask(arn('first'), 'routine');
    answers = ['a', 'b'].map((name) => ask(arn(name), 'routine'));
    await answerNext();
  });

  it('for one of its ARNs is made anew for each', async () => {
    await failNext('TargetGroupNotFound');
    await failNext('TargetGroupNotFound');
    await answerNext();
    expect(await Promise.all(answers)).toMatchObject([
      { trouble: { reason: 'TargetGroupNotFound' } },
      { ok: `is ${arn('b')}` },
    ]);
  });

  it('for another reason fails for all', async () => {
    await failNext('Throttled');
    expect(await Promise.all(answers)).toMatchObject([
      { trouble: { reason: 'Throttled' } },
      { trouble: { reason: 'Throttled' } },
    ]);
    expect(calls).toEqual([]);
  });
});
