import { describe, expect, it } from '@jest/globals';
import { KubeUnreachable } from '@targetgate/shared/kube';
import type { AdmissionAnswer } from '../admission/answer.ts';
import { apiPodWith, gate, liveOf } from '../admission/eviction/fixtures.ts';
import type { LiveCluster } from '../admission/eviction/live-cluster.ts';
import { createServer, review } from './fixtures.ts';

const uid = '705ab4f5-6393-11e8-b7cc-42010a800002';
const asked = Date.UTC(2026, 4, 1, 12);
const eviction = (fields: object = {}) => ({ metadata: { name: 'web-1', namespace: 'shop' }, ...fields });
const evictionReview = (fields: object = {}) =>
  review({
    kind: { group: 'policy', version: 'v1', kind: 'Eviction' },
    subResource: 'eviction',
    object: eviction(),
    ...fields,
  });

const alone = liveOf([apiPodWith('web-1')]);
const replaced = liveOf([apiPodWith('web-1'), apiPodWith('web-2')]);
const replacing = liveOf([
  apiPodWith('web-1'),
  apiPodWith('web-2'),
  apiPodWith('web-3', { conditions: { [gate]: 'False' }, reason: 'Elb.RegistrationInProgress' }),
]);

async function ask(server: ReturnType<typeof createServer>, fields: object = {}) {
  const { response } = (await server.send(evictionReview(fields), 'evictions')).json<AdmissionAnswer>();
  return response;
}

describe('the admission server, of evictions', () => {
  it('refuses one that the target group cannot do without, with a Status that clients take for "try again"', async () => {
    const server = createServer({ live: alone });
    expect(await ask(server)).toEqual({
      uid,
      allowed: false,
      status: {
        code: 429,
        reason: 'TooManyRequests',
        message: expect.stringContaining('no healthy target of TargetGroupBinding web is left;'),
        details: { retryAfterSeconds: 2 },
      },
    });
    expect(await server.requests()).toEqual({ eviction: 1 });
    expect(
      await server.metric('targetgate_webhook_evictions_total{answer="refused",rule="last_healthy"}'),
    ).toBe(1);
  });

  it('refuses one while a replacement is not healthy, and says which', async () => {
    const { status } = await ask(createServer({ live: replacing }));
    expect(status?.message).toContain(
      'not healthy: web-3 (Elb.RegistrationInProgress). After 2026-05-01T12:10:00Z it is let go all the same',
    );
  });

  it.each([
    ['that others stand in for', replaced],
    ['that does not exist', liveOf([])],
    ['that no binding selects', liveOf([apiPodWith('web-1', { labels: { app: 'other' } })])],
  ])('allows one of a pod %s, without a word', async (_, live) => {
    const server = createServer({ live });
    expect(await ask(server)).toEqual({ uid, allowed: true });
    expect(await server.metric('targetgate_webhook_evictions_total{answer="allowed",rule=""}')).toBe(1);
  });

  it('allows, with a warning, what it cannot know', async () => {
    const dead = () => Promise.reject(new KubeUnreachable('no answer'));
    for (const live of [
      { ...alone, pod: dead },
      { ...alone, podsMatching: dead },
    ]) {
      const server = createServer({ live });
      expect(await ask(server)).toEqual({
        uid,
        allowed: true,
        warnings: [expect.stringContaining('unchecked')],
      });
      expect(await server.metric('targetgate_webhook_evictions_total{answer="unknown",rule=""}')).toBe(1);
    }
  });

  it.each([
    ['in the request', { dryRun: true }],
    [
      'in the options of the deletion, as kubectl does',
      { object: eviction({ deleteOptions: { dryRun: ['All'] } }) },
    ],
  ])(
    'gives a dry run that is asked for %s the answer of a real one, and does not count it',
    async (_, fields) => {
      const server = createServer({ live: alone });
      const dry = await ask(server, fields);
      expect(
        await server.metric('targetgate_webhook_evictions_total{answer="refused",rule="last_healthy"}'),
      ).toBeNaN();
      expect(dry).toEqual(await ask(server));
      // The other pod may leave: nothing has been let through.
      const pair = createServer({ live: replaced });
      await ask(pair, fields);
      const other = { object: { metadata: { name: 'web-2', namespace: 'shop' } } };
      expect((await ask(pair, other)).allowed).toBe(true);
    },
  );

  it('refuses the second of two pods that are evicted at once', async () => {
    const server = createServer({ live: replaced });
    const other = { object: { metadata: { name: 'web-2', namespace: 'shop' } } };
    const answers = await Promise.all([ask(server), ask(server, other)]);
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
  });

  it('lets the pods of a cordoned node go in the order of their names, whichever is evicted first', async () => {
    const server = createServer({
      live: liveOf([apiPodWith('web-1'), apiPodWith('web-2')], { cordoned: true }),
    });
    const second = { object: { metadata: { name: 'web-2', namespace: 'shop' } } };
    expect((await ask(server, second)).status?.message).toContain('before web-2: web-1 (on node-1)');
    expect(await ask(server)).toEqual({ uid, allowed: true });
  });

  it('knows no order where the node cannot be read', async () => {
    const server = createServer({ live: { ...replaced, node: () => Promise.resolve(undefined) } });
    const second = { object: { metadata: { name: 'web-2', namespace: 'shop' } } };
    expect((await ask(server, second)).allowed).toBe(true);
  });

  it('refuses by what was read for others a moment ago, and lets go only by what was read since it was asked', async () => {
    const ages: number[] = [];
    const live = (pods: LiveCluster): LiveCluster => ({
      ...pods,
      podsMatching: (namespace, selector, asking) => {
        ages.push(asked - asking.since);
        return pods.podsMatching(namespace, selector, asking);
      },
    });
    await ask(createServer({ live: live(alone) }));
    expect(ages).toEqual([1_500]);
    await ask(createServer({ live: live(replaced) }));
    expect(ages).toEqual([1_500, 1_500, 0]);
  });

  it('allows one that means a pod of another uid, and takes no note of it', async () => {
    const meant = (podUid: string) => ({
      object: eviction({ deleteOptions: { preconditions: { uid: podUid } } }),
    });
    const server = createServer({ live: replaced });
    expect(await ask(server, meant('that of an older web-1'))).toEqual({ uid, allowed: true });
    const other = { object: { metadata: { name: 'web-2', namespace: 'shop' } } };
    expect((await ask(server, other)).allowed).toBe(true);
    expect((await ask(createServer({ live: alone }), meant('web-1'))).allowed).toBe(false);
  });

  it('allows all of a namespace that is not labelled, and reads nothing for it', async () => {
    const fail = () => Promise.reject(new Error('it was read'));
    const server = createServer({ live: { pod: fail, podsMatching: fail, node: fail } });
    expect(await ask(server, { namespace: 'bank' })).toEqual({ uid, allowed: true });
    expect(await server.requests()).toEqual({ unchanged: 1 });
  });

  it('takes an Eviction of the old version', async () => {
    const kind = { group: 'policy', version: 'v1beta1', kind: 'Eviction' };
    expect((await ask(createServer({ live: alone }), { kind })).allowed).toBe(false);
  });

  it.each([
    ['the deletion of a pod', { operation: 'DELETE', subResource: '', object: null }],
    ['another subresource', { subResource: 'exec' }],
    ['another kind', { kind: { group: '', version: 'v1', kind: 'Pod' } }],
  ])('lets %s through', async (_, fields) => {
    const server = createServer({ live: alone });
    expect(await ask(server, fields)).toEqual({ uid, allowed: true });
    expect(await server.requests()).toEqual({ unchanged: 1 });
  });

  it('answers 400 to an eviction of nothing, and 503 while the caches have not synced', async () => {
    const malformed = createServer();
    const { statusCode, body } = await malformed.send(evictionReview({ object: {} }), 'evictions');
    expect([statusCode, body]).toEqual([400, expect.stringContaining('request.object is not an Eviction')]);
    const early = createServer({ live: alone, synced: new Promise(() => undefined) });
    expect((await early.send(evictionReview(), 'evictions')).statusCode).toBe(503);
    expect(await early.requests()).toEqual({ not_synced: 1 });
  });
});
