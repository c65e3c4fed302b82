import { describe, expect, it } from '@jest/globals';
import { apiBinding, apiService, snapshotOf } from '@targetgate/shared/fixtures';
import { namesOf } from '@targetgate/shared/names';
import jp, { type Operation } from 'fast-json-patch';
import type { AdmissionAnswer } from '../admission/answer.ts';
import { createPodAdmissions } from '../admission/pod-admission.ts';
import { followSync } from '../sync.ts';
import { createServer, pod, review } from './fixtures.ts';

const gate = 'target-health.elbv2.k8s.aws/web';

/** What the API server makes of an answer: the object, patched. */
function patched(object: object, answer: AdmissionAnswer): object {
  const patch = Buffer.from(answer.response.patch ?? '', 'base64').toString();
  return jp.applyPatch<object>(structuredClone(object), JSON.parse(patch) as Operation[], true).newDocument;
}

describe('the admission server', () => {
  it('answers a new pod of a binding with a JSON Patch that adds the gate and nothing else', async () => {
    const { send, requests, metric } = createServer();
    const response = await send(review());
    const answer = response.json<AdmissionAnswer>();
    expect(response.statusCode).toBe(200);
    expect(answer).toMatchObject({
      apiVersion: 'admission.k8s.io/v1',
      kind: 'AdmissionReview',
      response: { uid: '705ab4f5-6393-11e8-b7cc-42010a800002', allowed: true, patchType: 'JSONPatch' },
    });
    const expected = pod();
    expect(patched(pod(), answer)).toEqual({
      ...expected,
      spec: { ...expected.spec, readinessGates: [{ conditionType: gate }] },
    });
    expect(await requests()).toEqual({ injected: 1 });
    expect(await metric('targetgate_webhook_gates_injected_total')).toBe(1);
  });

  it('takes the time of every request, refused ones too', async () => {
    const { send, metric } = createServer();
    await send(review());
    await send('{');
    expect(await metric('targetgate_webhook_request_duration_seconds_count')).toBe(2);
    expect(await metric('targetgate_webhook_request_duration_seconds_sum')).toBeGreaterThan(0);
  });

  it('takes the namespace from the request, and from the object where the request has none', async () => {
    const { send } = createServer();
    const elsewhere = review({ object: pod({ namespace: 'elsewhere' }) });
    expect((await send(elsewhere)).json<AdmissionAnswer>().response.patch).toBeDefined();
    const fromObject = review({ namespace: '', object: pod({ namespace: 'shop' }) });
    expect((await send(fromObject)).json<AdmissionAnswer>().response.patch).toBeDefined();
  });

  it('gives a dry run the answer of a real one', async () => {
    const { send } = createServer();
    const [real, dry] = [await send(review()), await send(review({ dryRun: true }))];
    expect(dry.body).toBe(real.body);
  });

  it('adds nothing when it is asked again about a pod that it has patched', async () => {
    const { send } = createServer();
    const answer = (await send(review())).json<AdmissionAnswer>();
    const again = await send(review({ object: patched(pod(), answer) }));
    expect(again.json<AdmissionAnswer>().response).toEqual({ uid: answer.response.uid, allowed: true });
  });

  it.each([
    ['an update', { operation: 'UPDATE' }],
    ['a deletion, which has no object', { operation: 'DELETE', object: null }],
    ['a connection', { operation: 'CONNECT', subResource: 'exec' }],
    ['a subresource', { subResource: 'eviction' }],
    ['another kind', { kind: { group: 'apps', version: 'v1', kind: 'Deployment' }, object: { spec: {} } }],
    ['a pod of another group', { kind: { group: 'metrics.k8s.io', version: 'v1', kind: 'Pod' } }],
    [
      'a pod that no binding selects',
      { object: { metadata: { labels: null }, spec: { readinessGates: null } } },
    ],
  ])('lets %s through as it is', async (_, fields) => {
    const { send, requests } = createServer();
    const { response } = (await send(review(fields))).json<AdmissionAnswer>();
    expect(response).toEqual({ uid: '705ab4f5-6393-11e8-b7cc-42010a800002', allowed: true });
    expect(await requests()).toEqual({ unchanged: 1 });
  });

  it('carries warnings', async () => {
    const targetGroup = { arn: 'arn:web', protocol: 'HTTP', deregistrationDelaySeconds: 10 };
    const { pods: admit } = createPodAdmissions({
      names: namesOf('elbv2.k8s.aws'),
      view: snapshotOf({
        bindings: [apiBinding({ metadata: { name: 'x'.repeat(64) }, status: { targetGroup } })],
        services: [apiService()],
      }),
      sync: followSync(Promise.resolve()),
      longestSleepSeconds: 600,
      hasNativeSleep: () => true,
    });
    const { response } = (await createServer({ admit }).send(review())).json<AdmissionAnswer>();
    expect(response).toEqual({
      uid: response.uid,
      allowed: true,
      warnings: [expect.stringContaining('xxx')],
    });
  });

  it('takes a pod as big as the API server takes', async () => {
    const { send } = createServer();
    const annotations = { note: 'x'.repeat(3 << 20) };
    const response = await send(review({ object: pod({ annotations }), oldObject: pod({ annotations }) }));
    expect(response.statusCode).toBe(200);
  });

  it('answers a pod that arrives just before the caches have synced', async () => {
    const synced = Promise.withResolvers<undefined>();
    const { send } = createServer({ synced: synced.promise });
    const response = send(review());
    synced.resolve(undefined);
    expect((await response).json<AdmissionAnswer>().response.patch).toBeDefined();
  });
});
