import { describe, expect, it } from '@jest/globals';
import { apiPod } from '../fixtures/cluster.ts';
import { projectPod } from '../model/index.ts';
import { lbcGroup, namesOf } from '../names.ts';
import { registrationOf } from './registration.ts';
import type { Registration } from './resolution.ts';

const names = namesOf(lbcGroup);
const [ours, api, foreign] = [names.gate('web'), names.gate('api'), 'example.com/warm'];

interface Case {
  readonly fact: string;
  readonly gates?: readonly string[];
  /** Condition types whose status is True; `not` are False, the rest is missing. */
  readonly is?: readonly string[];
  readonly not?: readonly string[];
  readonly leaving?: 'terminating' | 'Succeeded' | 'Failed';
  readonly published?: true;
  readonly nodeGone?: true;
  readonly ips?: readonly string[];
  readonly registration: Registration;
}

const cases: Case[] = [
  {
    fact: 'gated and ContainersReady is wanted',
    gates: [ours],
    is: ['ContainersReady'],
    registration: 'wanted',
  },
  {
    fact: 'gated without the condition ContainersReady is not ready',
    gates: [ours],
    registration: 'not-ready',
  },
  {
    fact: 'gated whose containers are not ready is not ready, even when it is Ready',
    gates: [ours],
    is: ['Ready'],
    not: ['ContainersReady'],
    registration: 'not-ready',
  },
  {
    fact: "gated that still waits for another owner's gate is not ready",
    gates: [ours, foreign],
    is: ['ContainersReady'],
    not: [foreign],
    registration: 'not-ready',
  },
  {
    fact: "gated whose other owner's gate has no condition yet is not ready",
    gates: [ours, foreign],
    is: ['ContainersReady'],
    registration: 'not-ready',
  },
  {
    fact: "gated whose other owners' gates are all open is wanted",
    gates: [ours, foreign],
    is: ['ContainersReady', foreign],
    registration: 'wanted',
  },
  {
    fact: "gated does not wait for another binding's gate",
    gates: [ours, api],
    is: ['ContainersReady'],
    not: [api],
    registration: 'wanted',
  },
  {
    fact: "gated does not wait for another group's gate",
    gates: [ours, namesOf('targetgate.dev').gate('web')],
    is: ['ContainersReady'],
    registration: 'wanted',
  },
  { fact: 'without a gate is wanted when it is Ready', is: ['Ready'], registration: 'wanted' },
  {
    fact: 'without a gate is not ready while it is only ContainersReady',
    is: ['ContainersReady'],
    not: ['Ready'],
    registration: 'not-ready',
  },
  {
    fact: "with only another binding's gate is wanted when it is Ready",
    gates: [api],
    is: ['ContainersReady', 'Ready'],
    registration: 'wanted',
  },
  {
    fact: "with only another binding's gate is not ready while it is only ContainersReady",
    gates: [api],
    is: ['ContainersReady'],
    registration: 'not-ready',
  },
  {
    fact: 'terminating is leaving, however ready it is',
    gates: [ours],
    is: ['ContainersReady', 'Ready', ours],
    leaving: 'terminating',
    registration: 'leaving',
  },
  {
    fact: 'terminating without a gate is leaving',
    is: ['Ready'],
    leaving: 'terminating',
    registration: 'leaving',
  },
  {
    fact: 'that succeeded is leaving',
    gates: [ours],
    is: ['ContainersReady'],
    leaving: 'Succeeded',
    registration: 'leaving',
  },
  { fact: 'that failed is leaving', is: ['Ready'], leaving: 'Failed', registration: 'leaving' },
  {
    fact: 'LBC#2702: whose node is gone is not ready, whatever its status says',
    gates: [ours],
    is: ['ContainersReady', 'Ready', ours],
    nodeGone: true,
    registration: 'not-ready',
  },
  {
    fact: 'whose node is gone is leaving once it is deleted',
    is: ['Ready'],
    nodeGone: true,
    leaving: 'terminating',
    registration: 'leaving',
  },
  {
    fact: 'whose node is gone is not ready though its service publishes not-ready addresses',
    is: ['Ready'],
    nodeGone: true,
    published: true,
    registration: 'not-ready',
  },
  {
    fact: 'of a service that publishes not-ready addresses is wanted though nothing is ready',
    gates: [ours, foreign],
    not: ['ContainersReady', foreign],
    published: true,
    registration: 'wanted',
  },
  {
    fact: 'of a service that publishes not-ready addresses is wanted without a gate too',
    not: ['Ready'],
    published: true,
    registration: 'wanted',
  },
  {
    fact: 'of a service that publishes not-ready addresses is not ready until it has an address',
    is: ['Ready'],
    published: true,
    ips: [],
    registration: 'not-ready',
  },
  {
    fact: 'of a service that publishes not-ready addresses is leaving when it terminates',
    is: ['Ready'],
    published: true,
    leaving: 'terminating',
    registration: 'leaving',
  },
  {
    fact: 'of a service that publishes not-ready addresses is leaving when it has ended',
    published: true,
    leaving: 'Succeeded',
    registration: 'leaving',
  },
];

describe('a pod', () => {
  it.each(cases)('$fact', (one) => {
    const { gates = [], is = [], not = [], leaving, published, nodeGone, ips = ['10.0.0.1'] } = one;
    const pod = apiPod({
      metadata: leaving === 'terminating' ? { deletionTimestamp: '2026-01-01T00:00:30Z' } : {},
      spec: { readinessGates: gates.map((conditionType) => ({ conditionType })) },
      status: {
        phase: leaving === undefined || leaving === 'terminating' ? 'Running' : leaving,
        podIPs: ips.map((ip) => ({ ip })),
        conditions: [
          ...is.map((type) => ({ type, status: 'True' })),
          ...not.map((type) => ({ type, status: 'False' })),
        ],
      },
    });
    const circumstances = { publishesNotReady: published ?? false, nodeGone: nodeGone ?? false };
    expect(registrationOf(projectPod(pod), ours, circumstances)).toBe(one.registration);
  });
});
