import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startFakeApiServer, type Call, type FakeApiServer } from '../fixtures/fake-api-server.ts';
import { until } from '../fixtures/until.ts';
import { connect, type KubeClient } from './client.ts';
import { startReflector, type Reflector } from './reflector.ts';

let server: FakeApiServer;
let client: KubeClient;
let reflector: Reflector<{ namespace: string; name: string }>;
let problems: Error[];

beforeEach(async () => {
  server = await startFakeApiServer();
  client = connect({ kubeconfig: server.kubeconfig });
  problems = [];
});
afterEach(async () => {
  await reflector.stop();
  await client.close();
  await server.close();
});

/** Starts a cache whose objects must have labels. */
function start(): typeof reflector {
  reflector = startReflector({
    client,
    path: '/things',
    project: ({ metadata: { namespace = '', name, labels } }) => {
      Object.entries(labels as object);
      return { namespace, name };
    },
    indexes: {},
    onProblem: (problem) => problems.push(problem as Error),
  });
  return reflector;
}

async function startWatching(): Promise<void> {
  await start().synced;
  await until('a watch is open', () => server.watches === 1);
}

const known = (): string[] => [...reflector.store.list()].map(({ name }) => name).sort();
const isList = ({ query }: Call): boolean => query.watch === undefined || query.sendInitialEvents === 'true';
const thing = (metadata: object): object => ({
  metadata: { namespace: 'shop', name: 'odd', resourceVersion: '9', labels: {}, ...metadata },
});
const event = (object: unknown, type: unknown = 'ADDED'): string => JSON.stringify({ type, object });

describe('an event', () => {
  it.each([
    ['null', 'null', 'passed over what is no event'],
    ['a number', '7', 'passed over what is no event'],
    ['a list', '[]', 'passed over what is no event'],
    ['an unknown type', event(thing({}), 'REPLACED'), 'passed over an event of the type REPLACED'],
    ['a type that is an object', event(thing({}), {}), 'passed over what is no event'],
    ['no object', event(undefined), 'passed over an object without a name'],
    ['a text for an object', event('thing'), 'passed over an object without a name'],
    ['no metadata', event({ kind: 'Thing' }), 'passed over an object without a name'],
    ['metadata that are null', event({ metadata: null }), 'passed over an object without a name'],
    ['no name', event(thing({ name: undefined })), 'passed over an object without a name'],
    ['a name that is a number', event(thing({ name: 7 })), 'passed over an object without a name'],
    [
      'a namespace that is a list',
      event(thing({ namespace: [] })),
      'passed over odd, whose namespace is no text',
    ],
    [
      'no version',
      event(thing({ resourceVersion: undefined })),
      'passed over shop/odd without a resourceVersion',
    ],
    ['a version that is a number', event(thing({ resourceVersion: 1e308 })), 'passed over shop/odd without'],
    [
      'a bookmark of nothing',
      event(undefined, 'BOOKMARK'),
      'passed over a bookmark without a resourceVersion',
    ],
    ['another kind, without what is needed', event(thing({ labels: null })), 'shop/odd cannot be understood'],
  ])('of %s is reported and passed over, in the same watch', async (_, line, said) => {
    server.put('a');
    await startWatching();
    server.send(line);
    server.put('b');
    await until('what comes after is known', () => known().includes('b'));
    expect(known()).toEqual(['a', 'b']);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(`/things: ${said}`)]);
    expect(
      server.calls.filter(({ query }) => query.watch === 'true' && !isList({ query } as Call)),
    ).toHaveLength(1);
  });

  it('with keys that lead to prototypes is an object like any other', async () => {
    await startWatching();
    server.send(
      '{"type":"ADDED","object":{"metadata":{"namespace":"__proto__","name":"constructor","resourceVersion":"9","labels":{"__proto__":"x"}},"__proto__":{"polluted":1}}}',
    );
    await until('it is known', () => reflector.store.size === 1);
    expect(reflector.store.get('__proto__', 'constructor')).toEqual({
      namespace: '__proto__',
      name: 'constructor',
    });
    expect(problems).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([
    ['half a line', '{"type":"ADDED","obj', 'is no JSON'],
    ['an ERROR of nothing', '{"type":"ERROR"}', 'the watch failed'],
    ['an ERROR of null', '{"type":"ERROR","object":null}', 'the watch failed'],
    ['an ERROR with garbage', '{"type":"ERROR","object":{"code":"x","reason":[],"message":{}}}', ''],
  ])('that is %s is reported, and the watch begins again where it was', async (_, line, said) => {
    server.put('a');
    await startWatching();
    server.send(line);
    await until('there is another watch', () => problems.length === 1 && server.watches === 1);
    server.put('b');
    await until('b is known', () => known().length === 2);
    expect(problems[0]?.message).toContain(said);
    expect(server.calls.filter(isList)).toHaveLength(2);
  });

  it('of more than 16 Mi characters is refused, without a search through all of it for each piece', async () => {
    await startWatching();
    const began = process.cpuUsage();
    server.send('x'.repeat(50 << 20));
    await until('it is reported', () => problems.length > 0);
    expect(problems[0]?.message).toContain('a line of more than 16777216 characters');
    expect(process.cpuUsage(began).user).toBeLessThan(5_000_000);
    await until('there is another watch', () => server.watches > 0);
    server.put('b');
    await until('b is known', () => known().includes('b'));
  });

  it('of any JSON neither ends the cache nor makes it forget', async () => {
    server.put('a');
    await startWatching();
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'),
        (value, type) => {
          server.send(JSON.stringify(value));
          server.send(event(value, type));
        },
      ),
      { numRuns: 200 }, // More: raise numRuns; a thousand take a second.
    );
    server.put('b');
    await until('b is known', () => known().includes('b'));
    expect(known()).toEqual(['a', 'b']);
    expect(problems.length).toBeGreaterThan(300);
  });
});

describe('a list', () => {
  const answer = (body: string) => ({ status: 200, body });
  const page = (items: unknown, metadata: object = { resourceVersion: '5' }): string =>
    JSON.stringify({ metadata, items });

  it.each([
    ['HTML', '<html>', 'no answer from the API server'],
    ['nothing', '', 'the answer is no list'],
    ['null', 'null', 'the answer is no list'],
    ['no items', '{"metadata":{"resourceVersion":"5"}}', 'the answer is no list'],
    ['null for items', page(null), 'the answer is no list'],
    ['items without a version', page([], {}), 'the answer is no list'],
  ])('that is %s is reported, and asked for again with growing pauses', async (_, body, said) => {
    server.fault = (call) => (isList(call) ? answer(body) : undefined);
    server.streamsLists = false;
    start();
    await until('it is reported twice', () => problems.length >= 2);
    const lists = server.calls.filter(({ query }) => query.watch === undefined).length;
    await sleep(200);
    expect(server.calls.filter(({ query }) => query.watch === undefined).length - lists).toBeLessThan(3);
    expect(problems.at(-1)?.message).toContain('/things');
    expect(problems.some(({ message }) => message.includes(said))).toBe(true);
    server.put('a');
    server.fault = () => undefined;
    reflector.hasten();
    await reflector.synced;
    expect(known()).toEqual(['a']);
  });

  it('with null among its items has the others, and nothing is gone by it', async () => {
    server.put('a');
    server.put('b');
    await startWatching();
    server.fault = (call) =>
      call.query.watch === undefined
        ? answer(page([null, { metadata: {} }, thing({ name: 'c' })]))
        : undefined;
    server.expire();
    server.drop('by reset');
    await until('the new list is in', () => known().includes('c'));
    expect(known()).toEqual(['a', 'b', 'c']);
    expect(
      problems.filter(({ message }) => message.includes('passed over an object without a name')),
    ).toHaveLength(2);
  });

  it('whose pages lead back to themselves is given up, and asked for again with pauses', async () => {
    server.fault = (call) =>
      call.query.watch === undefined
        ? answer(page([], { resourceVersion: '5', continue: 'same' }))
        : undefined;
    start();
    await until('it is reported', () => problems.length > 0);
    expect(problems[0]?.message).toBe('/things: the list goes on with the page that it has just given');
    expect(server.calls.filter(({ query }) => query.watch === undefined).length).toBeLessThan(5);
  });

  it('that is streamed time and again, as every watch after it fails at once, comes with growing pauses', async () => {
    server.streamsLists = true;
    start();
    await reflector.synced;
    const gone = JSON.stringify({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
    const telling = setInterval(() => server.send(gone), 1);
    await sleep(1_500);
    clearInterval(telling);
    expect(server.calls.filter(isList).length).toBeLessThan(10);
  });
});

it('a refusal whose Status is null is a refusal', async () => {
  start();
  server.fault = () => ({ status: 409, body: 'null' });
  await expect(client.request({ method: 'GET', path: '/things' })).rejects.toMatchObject({
    name: 'KubeError',
    status: 409,
    message: 'GET /things: HTTP 409',
  });
});
