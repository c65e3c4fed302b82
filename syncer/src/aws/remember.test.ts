import { expect, it } from '@jest/globals';
import type { ElbResult } from '../sync/target-groups.ts';
import { remember } from './remember.ts';

function setUp() {
  const state: { now: number; reads: string[]; answer: ElbResult<number> } = {
    now: 0,
    reads: [],
    answer: { ok: 60 },
  };
  const ask = remember(
    async (key) => {
      await Promise.resolve();
      state.reads.push(key);
      return state.answer;
    },
    { forMs: 600_000, now: () => state.now },
  );
  return { state, ask };
}

it('an answer is read once in its time, and once for all who ask at the same time', async () => {
  const { state, ask } = setUp();
  await Promise.all([ask('a', 'routine'), ask('a', 'routine'), ask('b', 'routine')]);
  state.now = 599_999;
  expect(await ask('a', 'routine')).toEqual({ ok: 60 });
  expect(state.reads).toEqual(['a', 'b']);
});

it('an answer is read again after its time', async () => {
  const { state, ask } = setUp();
  await ask('a', 'routine');
  state.now = 600_000;
  state.answer = { ok: 90 };
  expect(await ask('a', 'routine')).toEqual({ ok: 90 });
});

it('trouble is not remembered', async () => {
  const { state, ask } = setUp();
  state.answer = { trouble: { reason: 'Throttled', message: 'Rate exceeded' } };
  expect(await ask('a', 'routine')).toHaveProperty('trouble');
  state.answer = { ok: 60 };
  expect(await ask('a', 'routine')).toEqual({ ok: 60 });
});

it('a call that waits is shared by those who are as urgent, and not by those who are more so', async () => {
  const reads: string[] = [];
  const never = new Promise<ElbResult<number>>(() => undefined);
  const ask = remember(
    (key, urgency) => {
      reads.push(`${key} ${urgency}`);
      return urgency === 'routine' ? never : Promise.resolve({ ok: 60 });
    },
    { forMs: 600_000, now: () => 0 },
  );
  void ask('a', 'routine');
  void ask('a', 'routine');
  expect(await ask('a', 'awaited')).toEqual({ ok: 60 });
  expect(await ask('a', 'routine')).toEqual({ ok: 60 });
  expect(reads).toEqual(['a routine', 'a awaited']);
});
