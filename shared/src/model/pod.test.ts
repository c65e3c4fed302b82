import { describe, expect, it } from '@jest/globals';
import { apiObject, apiPod } from '../fixtures/cluster.ts';
import type { RawObject } from '../kube/index.ts';
import { conditionOf, isTrue, projectPod } from './pod.ts';

const replicaSet = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d', uid: 'uid-2' };

describe('a projected pod', () => {
  it('has empty fields where a pod at admission has none', () => {
    const atAdmission = { metadata: { generateName: 'web-' } } as unknown as RawObject;
    expect(projectPod(atAdmission)).toEqual({
      namespace: '',
      name: '',
      uid: '',
      labels: {},
      endAnnotations: {},
      nodeName: '',
      owner: undefined,
      ips: [],
      ports: [],
      gates: [],
      conditions: [],
      deletesAt: undefined,
      deletionGraceSeconds: undefined,
      end: { graceSeconds: 30, containers: [], sidecars: [] },
      containerEndedAt: undefined,
      finished: false,
    });
  });

  it('keeps what the rules need', () => {
    const pod = projectPod(
      apiPod({
        metadata: {
          annotations: { 'elbv2.k8s.aws/graceful-termination': 'routing', other: 'x' },
          deletionTimestamp: '2026-01-01T00:00:30Z',
          deletionGracePeriodSeconds: 30,
          ownerReferences: [
            { apiVersion: 'v1', kind: 'Lock', name: 'l', uid: 'uid-3' },
            { ...replicaSet, controller: true, blockOwnerDeletion: true },
          ],
        },
        spec: {
          nodeName: 'node-1',
          terminationGracePeriodSeconds: 40,
          containers: [
            {
              name: 'app',
              ports: [{ name: 'http', containerPort: 8080 }],
              lifecycle: { preStop: { sleep: { seconds: 25 } } },
            },
          ],
          readinessGates: [{ conditionType: 'target-health.elbv2.k8s.aws/web' }],
        },
        status: {
          containerStatuses: [
            { state: { running: {} } },
            { state: { terminated: { finishedAt: '2026-01-01T00:00:20Z' } } },
            { state: { terminated: { finishedAt: '2026-01-01T00:00:10Z' } } },
          ],
          conditions: [
            {
              type: 'Ready',
              status: 'False',
              reason: 'R',
              message: 'm',
              lastTransitionTime: '2026-01-01T00:00:00Z',
            },
          ],
        },
      }),
    );
    expect(pod).toEqual({
      namespace: 'shop',
      name: 'web-1',
      uid: 'uid-1',
      labels: { app: 'web' },
      endAnnotations: { 'elbv2.k8s.aws/graceful-termination': 'routing' },
      nodeName: 'node-1',
      owner: replicaSet,
      ips: ['10.0.0.1'],
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      gates: ['target-health.elbv2.k8s.aws/web'],
      conditions: [
        { type: 'Ready', status: 'False', reason: 'R', message: 'm', changedAt: Date.UTC(2026, 0, 1) },
      ],
      deletesAt: Date.UTC(2026, 0, 1, 0, 0, 30),
      deletionGraceSeconds: 30,
      end: {
        graceSeconds: 40,
        containers: [{ name: 'app', preStop: { kind: 'sleep', seconds: 25 } }],
        sidecars: [],
      },
      containerEndedAt: Date.UTC(2026, 0, 1, 0, 0, 10),
      finished: false,
    });
  });

  it('drops what they do not', () => {
    const spec = { volumes: [{ name: 'data' }] };
    const text = JSON.stringify(projectPod(apiPod({ metadata: { managedFields: [{}] }, spec })));
    expect(text).not.toMatch(/data|managedFields/);
  });

  it('has no owner where no controller keeps it', () => {
    const ownerReferences = [{ ...replicaSet, controller: false }];
    expect(projectPod(apiPod({ metadata: { ownerReferences } })).owner).toBeUndefined();
  });

  it('has the addresses of both families in dual-stack clusters', () => {
    const podIPs = [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }];
    expect(projectPod(apiPod({ status: { podIPs } })).ips).toEqual(['10.0.0.1', 'fd00::1']);
  });

  it.each([
    { phase: 'Pending', finished: false },
    { phase: 'Running', finished: false },
    { phase: 'Succeeded', finished: true },
    { phase: 'Failed', finished: true },
    { phase: 'Unknown', finished: false },
  ])('is finished: $finished in phase $phase', ({ phase, finished }) => {
    expect(projectPod(apiPod({ status: { phase } })).finished).toBe(finished);
  });

  const container = (port: object, more = {}): object => ({ name: 'c', ports: [port], ...more });
  it.each([
    [
      'counts the ports of each container',
      {
        containers: [container({ name: 'a', containerPort: 1 }), container({ name: 'b', containerPort: 2 })],
      },
      ['a 1 TCP', 'b 2 TCP'],
    ],
    [
      'counts the ports of sidecars',
      {
        containers: [],
        initContainers: [container({ name: 'proxy', containerPort: 3 }, { restartPolicy: 'Always' })],
      },
      ['proxy 3 TCP'],
    ],
    [
      'leaves out the ports of init containers that end',
      { containers: [], initContainers: [container({ name: 'setup', containerPort: 4 })] },
      [],
    ],
    ['leaves out ports without a name', { containers: [container({ containerPort: 5 })] }, []],
    [
      'keeps the protocol',
      { containers: [container({ name: 'dns', containerPort: 53, protocol: 'UDP' })] },
      ['dns 53 UDP'],
    ],
  ])('%s', (_, spec, expected) => {
    const { ports } = projectPod(apiObject({ spec }));
    expect(ports.map(({ name, port, protocol }) => `${name} ${port} ${protocol}`)).toEqual(expected);
  });
});

describe('a condition', () => {
  const pod = projectPod(
    apiPod({
      status: {
        conditions: [
          { type: 'Ready', status: 'True', lastTransitionTime: null },
          { type: 'Initialized', status: 'Unknown' },
        ],
      },
    }),
  );

  it('may lack a reason, a message and a time', () => {
    const expected = { type: 'Ready', status: 'True', reason: '', message: '', changedAt: undefined };
    expect(conditionOf(pod, 'Ready')).toEqual(expected);
  });

  it.each([
    ['is true when its status is True', 'Ready', true],
    ['is not true when its status is Unknown', 'Initialized', false],
    ['is not true when it is missing', 'ContainersReady', false],
  ])('%s', (_, type, expected) => {
    expect(isTrue(pod, type)).toBe(expected);
  });
});
