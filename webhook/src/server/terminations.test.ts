import { describe, expect, it } from '@jest/globals';
import jp, { type Operation } from 'fast-json-patch';
import type { AdmissionAnswer } from '../admission/answer.ts';
import { createServer, pod, review } from './fixtures.ts';
import type { paths } from './paths.ts';

const uid = '705ab4f5-6393-11e8-b7cc-42010a800002';
const gate = { op: 'add', path: '/spec/readinessGates' };
const sleep = {
  op: 'add',
  path: '/spec/containers/0/lifecycle',
  value: { preStop: { sleep: { seconds: 25 } } },
};
const grace = { op: 'add', path: '/spec/terminationGracePeriodSeconds', value: 55 };

/** A pod that gets SIGTERM at once; `fields` are of its metadata. */
const abrupt = (fields: object = {}) => ({
  ...pod(fields),
  spec: { terminationGracePeriodSeconds: 30, containers: [{ name: 'app', image: 'app' }] },
});

async function ask(to: keyof typeof paths, object: object, hasNativeSleep = true) {
  const { send, requests, metric } = createServer({ hasNativeSleep });
  const { response } = (await send(review({ object }), to)).json<AdmissionAnswer>();
  const patch = JSON.parse(Buffer.from(response.patch ?? '', 'base64').toString() || '[]') as Operation[];
  return { response, patch, requests: await requests(), metric };
}

describe('the admission server, of how pods end', () => {
  it.each<[keyof typeof paths, string, object[]]>([
    ['pods', 'the gate, and a warning', [gate]],
    ['podsGatesAndTermination', 'the gate, and an end that outlasts the drain', [gate, sleep, grace]],
    ['podsTermination', 'such an end, and no gate', [sleep, grace]],
  ])('gives a pod at %s %s', async (to, _, expected) => {
    const { response, patch, requests, metric } = await ask(to, abrupt());
    expect(patch).toMatchObject(expected);
    expect(response.warnings ?? []).toHaveLength(to === 'pods' ? 1 : 0);
    expect(requests).toEqual({ injected: 1 });
    expect(await metric('targetgate_webhook_terminations_injected_total')).toBe(to === 'pods' ? 0 : 1);
  });

  it('adds nothing when it is asked again about a pod that it has patched', async () => {
    const { patch } = await ask('podsGatesAndTermination', abrupt());
    const patched = jp.applyPatch(abrupt(), patch, true).newDocument;
    const { response, requests } = await ask('podsGatesAndTermination', patched);
    expect([response, requests]).toEqual([{ uid, allowed: true }, { unchanged: 1 }]);
  });

  it('keeps what else a container has in its lifecycle', async () => {
    const lifecycle = { postStart: { exec: { command: ['warm-up'] } } };
    const object = { ...abrupt(), spec: { containers: [{ name: 'app', lifecycle }] } };
    const { patch } = await ask('podsTermination', object);
    expect(jp.applyPatch(object, patch, true).newDocument).toMatchObject({
      spec: { containers: [{ lifecycle: { ...lifecycle, preStop: { sleep: { seconds: 25 } } } }] },
    });
  });

  it.each([
    ['says so itself', 'pods', 'enabled', [gate, sleep, grace]],
    ['says that it wants no such end', 'podsGatesAndTermination', 'disabled', [gate]],
  ] as const)('heeds a pod that %s', async (_, to, value, expected) => {
    const annotations = { 'elbv2.k8s.aws/graceful-termination': value };
    const { response, patch } = await ask(to, abrupt({ annotations }));
    expect(patch).toMatchObject(expected);
    expect(response.warnings).toBeUndefined();
  });

  it('counts what it warns of, where a pod stays as it is', async () => {
    const { response, patch, requests, metric } = await ask('podsTermination', abrupt(), false);
    expect([patch, requests]).toEqual([[], { warned: 1 }]);
    expect(response.warnings).toEqual([expect.stringContaining('let preStop.exec run sleep 25')]);
    expect(await metric('targetgate_webhook_pod_warnings_total{rule="sleep_missing"}')).toBe(1);
  });

  it.each(['pods', 'podsGatesAndTermination', 'podsTermination'] as const)(
    'does not look into pods at %s that no binding selects',
    async (to) => {
      const { response } = await ask(to, { metadata: {}, spec: { containers: 'whatever they are' } });
      expect(response).toEqual({ uid, allowed: true });
    },
  );

  it('answers 400 to containers that are none, of a pod that a binding selects', async () => {
    const { send } = createServer();
    const object = { ...pod(), spec: { containers: [{ name: 5 }] } };
    const { statusCode, body } = await send(review({ object }));
    expect([statusCode, body]).toEqual([
      400,
      expect.stringContaining('request.object is not a pod: spec.containers.0.name: Invalid input'),
    ]);
  });
});
