import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { systemClock } from '@targetgate/shared/runtime';
import fc from 'fast-check';
import { noFence } from '../leadership/fence.ts';
import { createBudget } from './budget/index.ts';
import type { OnElbCall } from './call.ts';
import { environmentOf, startFakeAws, type FakeAws } from './fixtures.ts';
import { createTargetGroups } from './target-groups.ts';

const arn = 'arn:aws:elasticloadbalancing:us-east-2:111111111111:targetgroup/web/0123456789abcdef';
const reported: Parameters<OnElbCall>[0][] = [];
let aws: FakeAws;
let groups: ReturnType<typeof createTargetGroups>;

beforeAll(async () => {
  aws = await startFakeAws();
  Object.assign(process.env, environmentOf(aws));
  groups = createTargetGroups({
    onCall: (call) => reported.push(call),
    turns: createBudget({ clock: systemClock, onWaited: () => undefined }),
    withTags: true,
    fence: noFence,
  });
});
afterAll(async () => {
  groups.close();
  await aws.close();
});

type Answer = (response: ServerResponse) => void;

/** What the syncer makes of this answer to DescribeTargetHealth. */
function healthBy(answer: Answer) {
  aws.answers = { DescribeTargetHealth: () => answer };
  return groups.as(undefined).health(arn);
}

const say =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end(body);
/** Bytes on the wire, whatever HTTP says of them. */
const bytes =
  (text: string): Answer =>
  ({ socket }) =>
    socket?.end(text);

const document = (inside: string): string =>
  `<?xml version="1.0"?>\n<DescribeTargetHealthResponse xmlns="x"><DescribeTargetHealthResult>${inside}` +
  '</DescribeTargetHealthResult></DescribeTargetHealthResponse>';
const listed = (...members: string[]): string =>
  document(
    `<TargetHealthDescriptions>${members.map((one) => `<member>${one}</member>`).join('')}</TargetHealthDescriptions>`,
  );
const target = (id: string, port: number | string = 80): string =>
  `<Target><Id>${id}</Id><Port>${port}</Port></Target>`;
const healthy = '<TargetHealth><State>healthy</State></TargetHealth>';
const good = listed(target('10.0.0.1') + healthy, target('10.0.0.2') + healthy);

it.each<[string, Answer, string, string]>([
  ['nothing', say(200, ''), 'Unreachable', 'HTTP 200 with no XML'],
  ['a login page', say(200, '<!DOCTYPE html><html><br></html>'), 'Unreachable', 'HTTP 200 with no XML'],
  ['JSON', say(200, '{"TargetHealthDescriptions":[]}'), 'Unreachable', 'HTTP 200 with no XML'],
  ['the answer to another call', say(200, '<RegisterTargetsResponse/>'), 'Unreachable', 'RegisterTargets'],
  [
    'an error as a success',
    say(200, '<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>'),
    'Unreachable',
    'HTTP 200 with <ErrorResponse>',
  ],
  ['an HTML page of a proxy', say(503, '<html>oops</html>'), 'Unreachable', 'HTTP 503 with <html>'],
  ['an error without a word', say(500, ''), 'Unreachable', 'HTTP 500 with no XML'],
  ['a megabyte of garbage', say(500, 'x'.repeat(1 << 20)), 'Unreachable', 'HTTP 500 with no XML'],
  ['a 429 of somebody else', say(429, 'slow down'), 'Throttled', 'HTTP 429 with no XML'],
  ['a redirect', say(302, '', { location: 'http://127.0.0.1:1/' }), 'Unreachable', 'HTTP 302'],
  ['a document without its result', say(200, '<DescribeTargetHealthResponse/>'), 'AwsError', 'has no Target'],
  ['a result without its list', say(200, document('')), 'AwsError', 'no TargetHealthDescriptions'],
  ['a target without health', say(200, listed(target('a'))), 'AwsError', 'no State of a:80'],
  [
    'a health without a state',
    say(200, listed(`${target('a')}<TargetHealth/>`)),
    'AwsError',
    'no State of a:80',
  ],
  ['a health without a target', say(200, listed(healthy)), 'AwsError', 'no Id of a target'],
  [
    'a target without a port',
    say(200, listed(`<Target><Id>a</Id></Target>${healthy}`)),
    'AwsError',
    'port of a',
  ],
  ['a target that is a text', say(200, listed('text')), 'AwsError', 'no Id of a target'],
  ...['http', '-1', '0', '65536', '99999999999999999999', '8.5'].map(
    (port): [string, Answer, string, string] => [
      `the port ${port}`,
      say(200, listed(target('a', port) + healthy)),
      'AwsError',
      'no port of a that can be one',
    ],
  ),
  [
    '20,000 levels',
    say(200, document('<a>'.repeat(20_000) + '</a>'.repeat(20_000))),
    'AwsError',
    'DescribeTargetHealth: ',
  ],
  ['more than 16 MiB', say(200, document(' '.repeat(17 << 20))), 'Unreachable', 'longer than 16777216 bytes'],
  [
    'less than its length says',
    bytes(`HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n${good}`),
    'Unreachable',
    'aborted',
  ],
  [
    'more than its length says',
    bytes(`HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n${good}`),
    'Unreachable',
    'HTTP',
  ],
  [
    'chunks that are none',
    bytes('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'),
    'Unreachable',
    '',
  ],
  ['no HTTP', bytes('hello\r\n\r\n'), 'Unreachable', 'Parse Error'],
  ['a reset', ({ socket }) => socket?.resetAndDestroy(), 'Unreachable', 'ECONNRESET'],
])('%s is trouble that names the call, and no answer', async (_, answer, reason, said) => {
  reported.length = 0;
  const result = await healthBy(answer);
  expect(result).toMatchObject({ trouble: { reason } });
  const { message } = (result as { trouble: { message: string } }).trouble;
  expect(message).toMatch(/^DescribeTargetHealth: /);
  expect(message).toContain(said);
  expect(message.length).toBeLessThan(700);
  expect(reported).toMatchObject([{ operation: 'DescribeTargetHealth', result: reason }]);
});

it('an answer that hangs, before it begins or within, or that drips, is given up after 5 s', async () => {
  const drip: Answer = (response) => {
    response.writeHead(200);
    const drops = setInterval(() => response.write(' '), 100);
    response.once('close', () => clearInterval(drops));
  };
  const answers: Answer[] = [() => undefined, (response) => response.writeHead(200).write('<Describe'), drip];
  const began = performance.now();
  const results = await Promise.all(answers.map(healthBy));
  expect(performance.now() - began).toBeLessThan(15_000);
  for (const result of results)
    expect(result).toMatchObject({
      trouble: { reason: 'Unreachable', message: expect.stringMatching(/5 s|5000 ms/) },
    });
});

it('an answer that is cut off anywhere is no answer: no target is missing from one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), async (length) => {
      expect(await healthBy(say(200, good.slice(0, length)))).toHaveProperty('trouble.message');
    }),
    { numRuns: 100 }, // More: numRuns up to good.length covers every place.
  );
});

it('whatever the bytes are, there is a result', async () => {
  const spoilt = fc
    .array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    })
    .map((changes) => {
      const bytes = Buffer.from(good);
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes;
    });
  const statuses = fc.constantFrom(200, 200, 200, 400, 503);
  const named = fc.string().map((id) => Buffer.from(listed(target(id) + healthy)));
  const any = fc.uint8Array().map((bytes) => Buffer.from(bytes));
  const bodies = fc.oneof(spoilt, named, any);
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(statuses, bodies, async (status, body) => {
      const result = await healthBy(say(status, body));
      kinds.add(Object.keys(result).join());
    }),
    { numRuns: 200 }, // More: raise numRuns; a run takes about 2 ms.
  );
  expect(kinds).toEqual(new Set(['ok', 'trouble']));
});

it('states and reasons that nobody knows are told as they are', async () => {
  const odd = '<TargetHealth><State>sparkling</State><Reason>Target.Odd</Reason></TargetHealth>';
  expect(await healthBy(say(200, listed(target('10.0.0.1') + odd)))).toEqual({
    ok: new Map([['10.0.0.1:80', { state: 'sparkling', reason: 'Target.Odd' }]]),
  });
});

it('5,000 targets are told of, and one that is told twice is one, as it was told last', async () => {
  const many = Array.from({ length: 5_000 }, (_, n) => target(`10.0.${n >> 8}.${n & 255}`) + healthy);
  const draining = '<TargetHealth><State>draining</State></TargetHealth>';
  const result = await healthBy(say(200, listed(...many, target('10.0.0.0') + draining)));
  const found = 'ok' in result ? result.ok : new Map<string, { state: string }>();
  expect(found.size).toBe(5_000);
  expect(found.get('10.0.0.0:80')).toEqual({ state: 'draining' });
});

it('a page that says there are more is one call: nothing is asked page by page', async () => {
  aws.calls.length = 0;
  aws.answers = {
    DescribeTargetGroups: () =>
      `<TargetGroups><member><TargetGroupArn>${arn}</TargetGroupArn></member></TargetGroups><NextMarker>x</NextMarker>`,
  };
  expect(await groups.as(undefined).find({ by: 'name', name: 'web' })).toEqual({ ok: arn });
  expect(aws.calls).toHaveLength(1);
});

it.each([
  ['no list of groups', '', 'AwsError'],
  ['a group without an ARN', '<TargetGroups><member/></TargetGroups>', 'AwsError'],
  ['no group', '<TargetGroups/>', 'TargetGroupNotFound'],
])('a name is not known by an answer with %s', async (_, inside, reason) => {
  aws.answers = { DescribeTargetGroups: () => inside };
  expect(await groups.as(undefined).find({ by: 'name', name: 'web' })).toMatchObject({ trouble: { reason } });
});

it('facts of which an answer says nothing are not known, and that is said', async () => {
  aws.answers = {
    DescribeTargetGroups: () =>
      `<TargetGroups><member><TargetGroupArn>${arn}</TargetGroupArn></member></TargetGroups>`,
    DescribeTargetGroupAttributes: () => '',
    DescribeTags: () => '',
  };
  const found = await groups.as(undefined).facts(arn, 'awaited');
  expect(found).toMatchObject({ ok: { missing: { reason: 'AwsError' } } });
  const { facts, missing } = (found as Extract<typeof found, { ok: unknown }>).ok;
  expect(facts).toMatchObject({ tags: undefined, deregistrationDelaySeconds: undefined });
  expect(missing?.message).toContain('DescribeTags: OddAnswer: the answer has no TagDescriptions');
});

it('targets of which an answer says nothing are not known to be registered, nor to be gone', async () => {
  const targets = [{ id: '10.0.0.1', port: 80 }];
  aws.answers = { RegisterTargets: () => say(200, ''), DeregisterTargets: () => say(200, '<html/>') };
  expect(await groups.as(undefined).register(arn, targets)).toMatchObject({
    trouble: { reason: 'Unreachable', message: expect.stringMatching(/^RegisterTargets: /) },
  });
  expect(await groups.as(undefined).deregister(arn, targets)).toMatchObject({
    trouble: { reason: 'Unreachable', message: expect.stringMatching(/^DeregisterTargets: /) },
  });
});
