import { describe, expect, it } from '@jest/globals';
import type { AdmissionAnswer } from '../admission/answer.ts';
import { createServer, review } from './fixtures.ts';

const uid = '705ab4f5-6393-11e8-b7cc-42010a800002';
const good = {
  targetGroupARN: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef',
  targetType: 'ip',
  serviceRef: { name: 'web', port: 80 },
};
const bad = { ...good, vpcID: 'shop' };

const binding = (spec: object = good, metadata: object = {}) => ({
  metadata: { name: 'web', ...metadata },
  spec,
});
const bindingReview = (fields: object) =>
  review({
    kind: { group: 'elbv2.k8s.aws', version: 'v1beta1', kind: 'TargetGroupBinding' },
    object: binding(),
    ...fields,
  });

async function ask(fields: object) {
  const { send, requests } = createServer();
  const { response } = (await send(bindingReview(fields), 'bindings')).json<AdmissionAnswer>();
  return { response, counted: await requests() };
}

describe('the admission server, of bindings', () => {
  it('accepts what is as it should be', async () => {
    expect(await ask({})).toEqual({ response: { uid, allowed: true }, counted: { accepted: 1 } });
  });

  it('refuses a mistake with a Status that the API server hands on', async () => {
    expect(await ask({ object: binding(bad) })).toEqual({
      response: {
        uid,
        allowed: false,
        status: { code: 422, reason: 'Invalid', message: expect.stringContaining('spec.vpcID: must be') },
      },
      counted: { refused: 1 },
    });
  });

  it('warns, whether it accepts or refuses', async () => {
    for (const spec of [good, bad]) {
      const { response } = await ask({ object: binding({ ...spec, networking: {} }) });
      expect(response.warnings).toEqual([expect.stringContaining('spec.networking')]);
    }
  });

  it('refuses a binding without a spec', async () => {
    const { response } = await ask({ object: { metadata: { generateName: 'web-' } } });
    expect(response.status?.message).toContain('set targetGroupARN or targetGroupName');
  });

  it.each([
    [
      'LBC#2341, LBC#1997: the end of one that is deleted',
      { object: binding(bad, { deletionTimestamp: '2026-05-01T12:00:00Z' }), oldObject: binding() },
    ],
    [
      'a finalizer on one that is wrong',
      { object: binding(bad, { finalizers: ['x'] }), oldObject: binding(bad) },
    ],
    [
      'an annotation of somebody else',
      {
        object: binding(bad, { annotations: { 'example.com/seen': '2' } }),
        oldObject: binding(bad, { annotations: {} }),
      },
    ],
    ['its status', { object: binding(bad), oldObject: binding(), subResource: 'status' }],
    ['its deletion', { operation: 'DELETE', object: null, oldObject: binding(bad) }],
    [
      'a binding of another group',
      {
        object: binding(bad),
        kind: { group: 'targetgate.dev', version: 'v1beta1', kind: 'TargetGroupBinding' },
      },
    ],
    [
      'another version',
      {
        object: binding(bad),
        kind: { group: 'elbv2.k8s.aws', version: 'v1alpha1', kind: 'TargetGroupBinding' },
      },
    ],
    [
      'another kind',
      { object: {}, kind: { group: 'elbv2.k8s.aws', version: 'v1beta1', kind: 'IngressClassParams' } },
    ],
  ])('lets %s through unchecked', async (_, fields) => {
    const { response, counted } = await ask({ operation: 'UPDATE', ...fields });
    expect(response).toEqual({ uid, allowed: true });
    expect(counted).toEqual({ unchanged: 1 });
  });

  it.each([
    ['the spec', { object: binding(bad), oldObject: binding() }],
    [
      'an annotation of its own',
      { object: binding(good, { annotations: { 'elbv2.k8s.aws/gate-policy': 'no' } }), oldObject: binding() },
    ],
  ])('checks an update that changes %s', async (_, fields) => {
    expect((await ask({ operation: 'UPDATE', ...fields })).counted).toEqual({ refused: 1 });
  });

  it.each([
    [
      'a list for a spec',
      { object: { metadata: {}, spec: [] } },
      'request.object is not a TargetGroupBinding: spec',
    ],
    ['nothing', { object: null }, 'request.object is not a TargetGroupBinding: Invalid input'],
    [
      'an update of nothing',
      { operation: 'UPDATE', oldObject: null },
      'request.oldObject is not a TargetGroupBinding',
    ],
    ['a binding that is nowhere', { namespace: '' }, 'request.namespace: a binding is always in a namespace'],
  ])('answers %s with 400', async (_, fields, reason) => {
    const { send, requests } = createServer();
    const { statusCode, body } = await send(bindingReview(fields), 'bindings');
    expect([statusCode, body]).toEqual([400, expect.stringContaining(reason)]);
    expect(await requests()).toEqual({ malformed: 1 });
  });

  it('answers 503 while the caches have not synced', async () => {
    const { send, requests } = createServer({ synced: new Promise(() => undefined) });
    expect((await send(bindingReview({}), 'bindings')).statusCode).toBe(503);
    expect(await requests()).toEqual({ not_synced: 1 });
  });
});
