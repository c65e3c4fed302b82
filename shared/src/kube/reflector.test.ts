import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startFakeApiServer, type Call, type FakeApiServer } from '../fixtures/fake-api-server.ts';
import { until } from '../fixtures/until.ts';
import { connect, type KubeClient } from './client.ts';
import { startReflector, type Reflector } from './reflector.ts';

interface Thing {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}

let server: FakeApiServer;
let client: KubeClient;
let reflector: Reflector<Thing> | undefined;
/** What `onChange` was told: +added, ~changed, -removed. */
let changes: string[];
/** How it was told of each. */
let toldBy: string[];
let problems: unknown[];

beforeEach(async () => {
  server = await startFakeApiServer();
  client = connect({ kubeconfig: server.kubeconfig });
  [changes, toldBy, problems] = [[], [], []];
});
afterEach(async () => {
  await reflector?.stop();
  reflector = undefined;
  await client.close();
  await server.close();
});

function start(): Reflector<Thing> {
  reflector = startReflector<Thing>({
    client,
    path: '/things',
    project: ({ metadata: { namespace = '', name, resourceVersion } }) => ({
      namespace,
      name,
      version: resourceVersion,
    }),
    indexes: {},
    onChange: ({ before, after, by }) => {
      changes.push(`${before ? (after ? '~' : '-') : '+'}${(after ?? before)?.name ?? ''}`);
      toldBy.push(by);
    },
    onProblem: (problem) => problems.push(problem),
  });
  return reflector;
}

/** Starts one that has listed what there is, and watches. */
async function startWatching(...names: string[]): Promise<Reflector<Thing>> {
  for (const name of names) server.put(name);
  const started = start();
  await started.synced;
  await until('a watch is open', () => server.watches === 1);
  [changes, toldBy] = [[], []];
  return started;
}

const namesIn = (from: Reflector<Thing>): string[] => [...from.store.list()].map(({ name }) => name).sort();
const isStreamedList = (call: Call): boolean => call.query.sendInitialEvents === 'true';
const isWatch = (call: Call): boolean => call.query.watch === 'true' && !isStreamedList(call);
const streamedLists = (): readonly Call[] => server.calls.filter(isStreamedList);
const lists = (): readonly Call[] => server.calls.filter(({ query }) => query.watch === undefined);
const watches = (): readonly Call[] => server.calls.filter(isWatch);
/** The version that the last watch began at. */
const watchedFrom = (): string | undefined => watches().at(-1)?.query.resourceVersion;

describe('a list', () => {
  it('comes in pages of 100, and is synced only when it is whole', async () => {
    for (let n = 0; n < 220; n++) server.put(`thing-${n}`);
    const { store, synced } = start();
    await synced;
    expect(store.size).toBe(220);
    expect(new Set(toldBy)).toEqual(new Set(['list']));
    expect(lists().map(({ query }) => [query.limit, query.continue])).toEqual([
      ['100', undefined],
      ['100', '100'],
      ['100', '200'],
    ]);
  });

  it('is asked for as a stream once, and then in pages by a server that has none', async () => {
    await startWatching('a');
    server.drop('in order');
    server.expire();
    await until('there is a second list', () => lists().length === 2);
    expect(streamedLists()).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  it('that is refused is reported and tried again', async () => {
    const refusal = {
      status: 401,
      body: JSON.stringify({ reason: 'Unauthorized', message: 'who are you?' }),
    };
    server.fault = (call) => (lists().length <= 2 && !isStreamedList(call) ? refusal : undefined);
    server.put('a');
    await start().synced;
    expect(problems).toMatchObject([
      { name: 'KubeError', status: 401, reason: 'Unauthorized' },
      { name: 'KubeError', status: 401, reason: 'Unauthorized' },
    ]);
    expect(changes).toEqual(['+a']);
  });

  it('whose next page has expired is begun anew', async () => {
    for (let n = 0; n < 101; n++) server.put(`thing-${n}`);
    const expired = { status: 410, body: JSON.stringify({ reason: 'Expired' }) };
    server.fault = (call) => (call.query.continue && lists().length === 2 ? expired : undefined);
    const { store, synced } = start();
    await synced;
    expect(store.size).toBe(101);
    expect(lists().map(({ query }) => query.continue)).toEqual([undefined, '100', undefined, '100']);
  });
});

describe('a streamed list', () => {
  beforeEach(() => {
    server.streamsLists = true;
  });

  it('goes over into the watch', async () => {
    const { store } = await startWatching('a', 'b');
    expect(store.size).toBe(2);
    server.put('c');
    server.remove('a');
    await until('all is told', () => changes.length === 2);
    expect([changes, toldBy]).toEqual([
      ['+c', '-a'],
      ['watch', 'watch'],
    ]);
    expect(server.calls.map(({ query }) => query)).toEqual([
      {
        watch: 'true',
        allowWatchBookmarks: 'true',
        sendInitialEvents: 'true',
        resourceVersionMatch: 'NotOlderThan',
        timeoutSeconds: '300',
      },
    ]);
  });

  it('whose watch breaks goes on from the last event', async () => {
    await startWatching('a');
    server.drop('by reset');
    server.put('b');
    await until('b is told', () => changes.length === 1);
    expect([watchedFrom(), streamedLists().length]).toEqual(['2', 1]);
  });

  it('is synced only when it is whole; what changed meanwhile has been told as a change', async () => {
    server.fault = () => 'silence';
    const { store, synced } = start();
    let isSynced = false;
    void synced.then(() => (isSynced = true));
    await until('the list is open', () => server.watches === 1);
    const thing = (name: string) => ({
      metadata: { namespace: 'shop', name, uid: name, resourceVersion: '1' },
    });
    for (const name of ['a', 'b']) server.send(JSON.stringify({ type: 'ADDED', object: thing(name) }));
    server.send(JSON.stringify({ type: 'DELETED', object: thing('a') }));
    await until('all is told', () => changes.length === 3);
    expect([isSynced, toldBy]).toEqual([false, ['list', 'list', 'watch']]);
    server.endList();
    await synced;
    expect([store.size, changes]).toEqual([1, ['+a', '+b', '-a']]);
  });

  it('after which something is missing says so, and only then', async () => {
    await startWatching('a', 'b');
    server.drop('by reset');
    server.remove('b');
    server.expire();
    await until('b is told', () => changes.length === 1);
    expect([changes, toldBy, streamedLists().length]).toEqual([['-b'], ['list'], 2]);
  });

  it('that ends before it is whole comes in pages then', async () => {
    server.fault = (call) => (isStreamedList(call) ? 'end' : undefined);
    await startWatching('a');
    expect([streamedLists().length, lists().length, problems]).toEqual([1, 1, []]);
  });
});

describe('a watch', () => {
  it('begins at the version of the list, and asks for bookmarks and an end', async () => {
    await startWatching('a', 'b');
    expect(watches().map(({ query }) => query)).toEqual([
      { watch: 'true', allowWatchBookmarks: 'true', resourceVersion: '3', timeoutSeconds: '300' },
    ]);
  });

  it('keeps the store in step', async () => {
    const { store } = await startWatching('a', 'b');
    server.put('c');
    server.put('a');
    server.remove('b');
    await until('all is told', () => changes.length === 3);
    expect(changes).toEqual(['+c', '~a', '-b']);
    expect(toldBy).toEqual(['watch', 'watch', 'watch']);
    expect(store.get('shop', 'a')?.version).toBe('5');
    expect(store.get('shop', 'b')).toBeUndefined();
  });

  it('whose connection breaks goes on from the last event, and nothing is told twice', async () => {
    await startWatching('a');
    server.put('b');
    await until('b is told', () => changes.length === 1);
    server.drop('by reset');
    server.put('c');
    await until('c is told', () => changes.length === 2);
    expect(changes).toEqual(['+b', '+c']);
    expect(watchedFrom()).toBe('3');
    expect(lists()).toHaveLength(1);
    expect(problems).toMatchObject([{ name: 'KubeUnreachable' }]);
  });

  it('that the server ends in order goes on from the last event, and is no problem', async () => {
    await startWatching('a');
    server.put('b');
    await until('b is told', () => changes.length === 1);
    server.drop('in order');
    server.put('c');
    await until('c is told', () => changes.length === 2);
    expect([changes, watchedFrom(), lists().length, problems]).toEqual([['+b', '+c'], '3', 1, []]);
  });

  it('goes on from the last bookmark', async () => {
    await startWatching('a');
    server.bookmark();
    server.drop('in order');
    await until('there is a second watch', () => watches().length === 2);
    expect([watchedFrom(), changes]).toEqual(['3', []]);
  });

  it('that is refused goes on from the same version later', async () => {
    server.fault = (call) =>
      isWatch(call) && watches().length === 1 ? { status: 429, body: 'try later' } : undefined;
    await startWatching('a');
    expect(watches().map(({ query }) => query.resourceVersion)).toEqual(['2', '2']);
    expect(lists()).toHaveLength(1);
    expect(problems).toMatchObject([{ status: 429, reason: 'HTTP429' }]);
  });

  it('that always ends at once is not asked for in a tight loop', async () => {
    server.fault = (call) => (isWatch(call) ? 'end' : undefined);
    await start().synced;
    await sleep(1000);
    expect(watches().length).toBeGreaterThan(2);
    expect(watches().length).toBeLessThan(10);
  });

  it('with a line that is no JSON is a problem, and goes on', async () => {
    await startWatching('a');
    server.send('<html>');
    await until('there is a second watch', () => server.watches === 1 && watches().length === 2);
    server.put('b');
    await until('b is told', () => changes.includes('+b'));
    expect(problems).toMatchObject([
      { message: '/things: a line of the watch is no JSON', cause: { name: 'SyntaxError' } },
    ]);
  });
});

describe('a version that the server has forgotten', () => {
  /** The server says so in the answer's status, or in an ERROR event of a watch that began well. */
  it.each(['status', 'event'])('leads to a new list, told by %s', async (told) => {
    await startWatching('a', 'b');
    const gone = { status: 410, body: JSON.stringify({ reason: 'Expired', message: 'too old' }) };
    if (told === 'status')
      server.fault = (call) => (isWatch(call) && lists().length === 1 ? gone : undefined);
    server.drop('by reset');
    server.remove('b');
    server.put('a');
    server.put('c');
    server.expire();
    await until('the new list is in', () => changes.length === 3);
    // First what there is, in the server's order, then what is missing.
    expect(changes).toEqual(['~a', '+c', '-b']);
    // Nobody saw b being deleted.
    expect(toldBy).toEqual(['list', 'list', 'list']);
    expect(lists()).toHaveLength(2);
  });

  it('leaves what was known readable until the new list is whole', async () => {
    const all = Array.from({ length: 101 }, (_, n) => `thing-${n}`);
    const reflector = await startWatching('gone', ...all);
    const { promise: secondPage, resolve } = Promise.withResolvers<undefined>();
    server.fault = (call) => {
      if (call.query.continue === undefined) return undefined;
      resolve(undefined);
      return 'hang';
    };
    server.remove('gone');
    server.drop('by reset');
    server.expire();
    server.put('new');
    await secondPage;
    expect(namesIn(reflector)).toEqual([...all, 'gone'].sort());
  });

  it('tells nothing about what is the same in the new list', async () => {
    await startWatching('a', 'b');
    server.drop('by reset');
    server.expire();
    server.put('c');
    await until('c is told', () => changes.length > 0);
    expect(changes).toEqual(['+c']);
  });
});

it('a pause between two attempts ends when somebody has found the API server to answer', async () => {
  server.fault = () => 'reset';
  const started = start();
  // By now the pause is 1.6 s at least.
  await until('the list has failed six times', () => problems.length === 6);
  const from = performance.now();
  started.hasten();
  await until('it fails once more', () => problems.length === 7);
  expect(performance.now() - from).toBeLessThan(1_500);
});

describe('stop', () => {
  /** Stops, and says how long that took, in milliseconds. */
  async function stopTime(): Promise<number> {
    const from = performance.now();
    await reflector?.stop();
    return performance.now() - from;
  }

  it('ends a watch', async () => {
    await startWatching('a');
    expect(await stopTime()).toBeLessThan(1_500);
    await until('the watch is closed', () => server.watches === 0);
    expect(problems).toEqual([]);
  });

  it('ends a list that is not answered', async () => {
    server.fault = () => 'hang';
    start();
    await until('the list has been asked for', () => streamedLists().length === 1);
    expect(await stopTime()).toBeLessThan(1_500);
    expect(problems).toEqual([]);
  });

  it('ends a pause between two attempts', async () => {
    server.fault = () => 'reset';
    start();
    // By now the pause is 1.6 s at least.
    await until('the list has failed six times', () => problems.length === 6);
    expect(await stopTime()).toBeLessThan(1_500);
    expect(streamedLists()).toHaveLength(6);
  });

  it('is heard by nobody afterwards', async () => {
    const { store } = await startWatching('a');
    await reflector?.stop();
    server.put('b');
    await sleep(50);
    expect([store.size, changes]).toEqual([1, []]);
  });
});
