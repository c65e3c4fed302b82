import { expect, it } from '@jest/globals';
import { apiBinding, apiService, snapshotOf } from '@targetgate/shared/fixtures';
import { lbcGroup, namesOf } from '@targetgate/shared/names';
import fc from 'fast-check';
import jp, { type Operation } from 'fast-json-patch';
import { followSync } from '../sync.ts';
import type { Admit } from './outcome.ts';
import { createPodAdmissions } from './pod-admission.ts';

const targetGroup = { arn: 'arn:web', protocol: 'HTTP', deregistrationDelaySeconds: 60 };
const admissions = createPodAdmissions({
  names: namesOf(lbcGroup),
  view: snapshotOf({ bindings: [apiBinding({ status: { targetGroup } })], services: [apiService()] }),
  sync: followSync(Promise.resolve()),
  longestSleepSeconds: 600,
  hasNativeSleep: () => true,
});

const preStops = fc.oneof(
  fc.record({ sleep: fc.record({ seconds: fc.integer({ min: 1, max: 100 }) }) }),
  fc.record({ exec: fc.record({ command: fc.constantFrom(['sleep', '90'], ['quit']) }) }),
  fc.constant({ httpGet: { path: '/quit', port: 80 } }),
);
const lifecycles = fc.record(
  { preStop: preStops, postStart: fc.constant({ exec: { command: ['warm-up'] } }) },
  { requiredKeys: [] },
);
const containers = fc.array(
  fc.record({ name: fc.constantFrom('app', 'proxy'), lifecycle: lifecycles }, { requiredKeys: ['name'] }),
  { minLength: 1, maxLength: 4 },
);
const gates = fc.constantFrom('example.com/warm', 'target-health.alb.ingress.k8s.aws/web-80');
const annotations = fc.record(
  { 'elbv2.k8s.aws/graceful-termination': fc.constantFrom('enabled', 'disabled', 'drain', 'routing', 'yes') },
  { requiredKeys: [] },
);
const pods = fc.record({
  metadata: fc.record({ labels: fc.constantFrom({ app: 'web' }, {}), annotations }),
  spec: fc.record(
    {
      terminationGracePeriodSeconds: fc.integer({ min: 0, max: 300 }),
      readinessGates: fc.array(gates.map((conditionType) => ({ conditionType }))),
      containers,
    },
    { requiredKeys: ['containers'] },
  ),
});
type Pod = typeof pods extends fc.Arbitrary<infer P> ? P : never;

/** A review as the API server writes it. */
const reviewOf = (object: Pod) => ({
  kind: 'AdmissionReview',
  apiVersion: 'admission.k8s.io/v1',
  request: {
    uid: 'uid-1',
    kind: { group: '', version: 'v1', kind: 'Pod' },
    namespace: 'shop',
    operation: 'CREATE',
    object,
  },
});

/** What the API server makes of the answer about a pod. */
async function admitted(admit: Admit, object: Pod): Promise<Pod> {
  const outcome = await admit(JSON.stringify(reviewOf(object)));
  if (outcome.kind === 'not_synced') throw new Error('the caches are there');
  const patch = Buffer.from(outcome.answer.response.patch ?? '', 'base64').toString() || '[]';
  return jp.applyPatch(structuredClone(object), JSON.parse(patch) as Operation[], true).newDocument;
}

const asked = fc.constantFrom(...Object.values(admissions));

it('whatever a pod is like, being asked about it twice changes nothing more', async () => {
  await fc.assert(
    fc.asyncProperty(asked, pods, async (admit, pod) => {
      const once = await admitted(admit, pod);
      expect(await admitted(admit, once)).toEqual(once);
    }),
  );
});

it('whatever a pod is like, all that its user wrote about its containers stays, in its order', async () => {
  await fc.assert(
    fc.asyncProperty(asked, pods, async (admit, pod) => {
      const { spec, metadata } = await admitted(admit, pod);
      expect(metadata).toEqual(pod.metadata);
      expect(spec.containers).toMatchObject(pod.spec.containers);
      expect(spec.containers).toHaveLength(pod.spec.containers.length);
    }),
  );
});

it('what is changed leaves an application time to stop in after every sleep; the API server would refuse less', async () => {
  await fc.assert(
    fc.asyncProperty(pods, async (pod) => {
      const { spec } = await admitted(admissions.podsTermination, pod);
      const { terminationGracePeriodSeconds: grace = 30 } = spec;
      fc.pre(spec.terminationGracePeriodSeconds !== pod.spec.terminationGracePeriodSeconds);
      for (const { preStop } of spec.containers.map(({ lifecycle = {} }) => lifecycle)) {
        if (preStop && 'sleep' in preStop) expect(preStop.sleep.seconds).toBeLessThan(grace);
      }
    }),
  );
});

it('a pod is answered the same, whether its review is written as the API server does or not', async () => {
  await fc.assert(
    fc.asyncProperty(asked, pods, async (admit, pod) => {
      const review = reviewOf(pod);
      const spaced = JSON.stringify(review, undefined, 1);
      expect(await admit(JSON.stringify(review))).toEqual(await admit(spaced));
    }),
  );
});
