import { expect, it } from '@jest/globals';
import { keepFresh } from './keep-fresh.ts';

const minute = 60_000;

/** Credentials that last an hour, on a clock that tests move; their getting fails while `fails` says so. */
function setUp() {
  const state = { now: 0, got: 0, fails: false };
  const get = keepFresh(
    async () => {
      await Promise.resolve();
      if (state.fails) throw new Error('STS is down');
      state.got += 1;
      return { name: `session ${state.got}`, expiration: new Date(state.now + 60 * minute) };
    },
    () => state.now,
  );
  const name = async () => (await get(undefined)).name;
  return { state, name };
}

it('those who ask at the same time share one session', async () => {
  const { state, name } = setUp();
  expect(await Promise.all([name(), name(), name()])).toEqual(['session 1', 'session 1', 'session 1']);
  expect(state.got).toBe(1);
});

it('a session is used until five minutes before its end', async () => {
  const { state, name } = setUp();
  await name();
  state.now = 55 * minute;
  expect(await name()).toBe('session 1');
  expect(state.got).toBe(1);
});

it('a session near its end still serves while it is renewed once', async () => {
  const { state, name } = setUp();
  await name();
  state.now = 56 * minute;
  expect(await Promise.all([name(), name()])).toEqual(['session 1', 'session 1']);
  expect(await name()).toBe('session 2');
  expect(state.got).toBe(2);
});

it('a renewal that fails is nobody’s trouble while the session is good', async () => {
  const { state, name } = setUp();
  await name();
  state.fails = true;
  state.now = 58 * minute;
  expect(await name()).toBe('session 1');
  state.now = 59.5 * minute;
  await expect(name()).rejects.toThrow('STS is down');
});

it('a failure is not remembered', async () => {
  const { state, name } = setUp();
  state.fails = true;
  await expect(name()).rejects.toThrow('STS is down');
  state.fails = false;
  expect(await name()).toBe('session 1');
});
