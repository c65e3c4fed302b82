import { describe, expect, it } from '@jest/globals';
import { apiBinding, apiPod, apiService, snapshotOf, type ApiObject } from '../fixtures/cluster.ts';
import { projectBinding } from '../model/index.ts';
import { targetsOfBinding, type Resolution } from './targets-of-binding.ts';

interface Cluster {
  readonly binding?: ApiObject;
  readonly services?: readonly ApiObject[];
  readonly pods?: readonly ApiObject[];
}

function resolve({ binding = {}, services = [{}], pods = [{}] }: Cluster): Resolution {
  const snapshot = snapshotOf({ services: services.map(apiService), pods: pods.map(apiPod) });
  return targetsOfBinding(projectBinding(apiBinding(binding)), snapshot);
}

/** `pod ip:port`, or `pod: reason`, for each pod; or the reason that keeps the whole binding from having any. */
function targetsOf(cluster: Cluster): string | string[] {
  const { pods, problem } = resolve(cluster);
  if (problem) return problem.reason;
  return pods.map(({ pod, target, problem: why }) =>
    target ? `${pod.name} ${target.ip}:${target.port}` : `${pod.name}: ${why.reason}`,
  );
}

const port = (servicePort: unknown): ApiObject => ({
  spec: { serviceRef: { name: 'web', port: servicePort } },
});
const pod = (name: string, ip: string, containerPort = 8080): ApiObject => ({
  metadata: { name },
  spec: { containers: [{ ports: [{ name: 'http', containerPort }] }] },
  status: { podIPs: [{ ip }] },
});

describe('the service port of a binding', () => {
  const ports = [
    { name: 'http', port: 80, targetPort: 8080 },
    { name: 'admin', port: 90, targetPort: 9090 },
  ];
  const dns = [
    { name: 'dns', port: 53, targetPort: 5301, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, targetPort: 5302, protocol: 'TCP' },
  ];

  it.each([
    ['is found by its number', ports, 90, ['web-1 10.0.0.1:9090']],
    ['is found by its name', ports, 'admin', ['web-1 10.0.0.1:9090']],
    ['is found by its number in quotes', ports, '90', ['web-1 10.0.0.1:9090']],
    ['is the TCP one where UDP has the same number', dns, 53, ['web-1 10.0.0.1:5302']],
    ['is the UDP one where its name says so', dns, 'dns', ['web-1 10.0.0.1:5301']],
    [
      'is a name before it is a number',
      [{ name: '90', port: 80, targetPort: 1 }, ...ports],
      '90',
      ['web-1 10.0.0.1:1'],
    ],
    ['is missed by a name that no port has', ports, 'https', 'ServicePortNotFound'],
    ['is missed by a number that no port has', ports, 443, 'ServicePortNotFound'],
    ['is not the targetPort', ports, 8080, 'ServicePortNotFound'],
  ])('%s', (_, servicePorts, wanted, expected) => {
    expect(targetsOf({ binding: port(wanted), services: [{ spec: { ports: servicePorts } }] })).toEqual(
      expected,
    );
  });
});

describe('the target port of a pod', () => {
  it('is looked up pod by pod where it has a name', () => {
    const pods = [pod('web-1', '10.0.0.1', 8080), pod('web-2', '10.0.0.2', 9090)];
    expect(targetsOf({ pods })).toEqual(['web-1 10.0.0.1:8080', 'web-2 10.0.0.2:9090']);
  });

  it('is the number of the service, which no container need declare', () => {
    const services = [{ spec: { ports: [{ port: 80, targetPort: 3000 }] } }];
    expect(targetsOf({ services })).toEqual(['web-1 10.0.0.1:3000']);
  });

  it('is the service port where the service gives none', () => {
    expect(targetsOf({ services: [{ spec: { ports: [{ port: 80 }] } }] })).toEqual(['web-1 10.0.0.1:80']);
  });

  it('is the one with the protocol of the service port where two share a name', () => {
    const ports = [
      { name: 'http', containerPort: 1, protocol: 'UDP' },
      { name: 'http', containerPort: 2, protocol: 'TCP' },
    ];
    expect(targetsOf({ pods: [{ spec: { containers: [{ ports }] } }] })).toEqual(['web-1 10.0.0.1:2']);
  });

  it('is a problem of the one pod that lacks the name', () => {
    const unnamed = {
      metadata: { name: 'web-2' },
      spec: { containers: [{ ports: [{ containerPort: 8080 }] }] },
    };
    expect(targetsOf({ pods: [{}, unnamed] })).toEqual([
      'web-1 10.0.0.1:8080',
      'web-2: ContainerPortNotFound',
    ]);
  });
});

describe('the address of a target', () => {
  const dualStack = { status: { podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] } };

  it.each([
    ['is IPv4 by default', undefined, dualStack, ['web-1 10.0.0.1:8080']],
    ['is IPv4 for an ipv4 binding', 'ipv4', dualStack, ['web-1 10.0.0.1:8080']],
    ['is IPv6 for an ipv6 binding', 'ipv6', dualStack, ['web-1 fd00::1:8080']],
    ['is missing where the pod has none of that family', 'ipv6', {}, ['web-1: PodAddressNotFound']],
    [
      'is missing while the pod has none yet',
      'ipv4',
      { status: { podIPs: undefined } },
      ['web-1: PodAddressNotFound'],
    ],
  ])('%s', (_, ipAddressType, onePod, expected) => {
    expect(targetsOf({ binding: { spec: { ipAddressType } }, pods: [onePod] })).toEqual(expected);
  });
});

describe('the service of a binding', () => {
  it.each([
    ['may be a ClusterIP service', { type: 'ClusterIP', clusterIP: '10.96.0.1' }],
    ['may be a headless service', { type: 'ClusterIP', clusterIP: 'None' }],
    [
      'may be a NodePort service, whose node ports do not matter',
      { type: 'NodePort', ports: [{ port: 80, targetPort: 'http', nodePort: 30080 }] },
    ],
    ['may be a LoadBalancer service', { type: 'LoadBalancer' }],
  ])('%s', (_, spec) => {
    expect(targetsOf({ services: [{ spec }] })).toEqual(['web-1 10.0.0.1:8080']);
  });

  it.each([
    ['may not be an ExternalName service', [{ spec: { type: 'ExternalName' } }], 'ServiceHasNoSelector'],
    ['may not lack a selector', [{ spec: { selector: undefined } }], 'ServiceHasNoSelector'],
    ['must exist', [], 'ServiceNotFound'],
    ["must be in the binding's namespace", [{ metadata: { namespace: 'bank' } }], 'ServiceNotFound'],
  ])('%s', (_, services, expected) => {
    expect(targetsOf({ services })).toBe(expected);
  });
});

describe('a binding', () => {
  it.each([
    ['without a target group has no targets', { spec: { targetGroupARN: undefined } }, 'TargetGroupNotSet'],
    [
      'with targetType instance is not supported yet',
      { spec: { targetType: 'instance' } },
      'TargetTypeNotSupported',
    ],
    [
      'without a targetType is not supported yet',
      { spec: { targetType: undefined } },
      'TargetTypeNotSupported',
    ],
  ])('%s', (_, binding, expected) => {
    expect(targetsOf({ binding })).toBe(expected);
  });

  it.each<[string, Cluster, string]>([
    ['the service', { services: [] }, 'shop/web'],
    ['the port', { binding: port('https') }, 'https'],
    ['the target type', { binding: { spec: { targetType: 'instance' } } }, 'instance'],
  ])('names %s that it has a problem with', (_, cluster, named) => {
    expect(resolve(cluster).problem?.message).toContain(named);
  });
});

describe('the pods of a binding', () => {
  it('are those that the service selects in its namespace', () => {
    const pods = [
      pod('web-1', '10.0.0.1'),
      { ...pod('api-1', '10.0.0.2'), metadata: { name: 'api-1', labels: { app: 'api' } } },
      { ...pod('web-1', '10.0.0.3'), metadata: { name: 'web-1', namespace: 'bank' } },
    ];
    expect(targetsOf({ pods })).toEqual(['web-1 10.0.0.1:8080']);
  });

  it('include terminating and finished ones: removing them needs a cause, which they are', () => {
    const terminating = { metadata: { deletionTimestamp: '2026-01-01T00:00:30Z' } };
    const finished = {
      metadata: { name: 'web-2' },
      status: { phase: 'Failed', podIPs: [{ ip: '10.0.0.2' }] },
    };
    expect(targetsOf({ pods: [terminating, finished] })).toEqual([
      'web-1 10.0.0.1:8080',
      'web-2 10.0.0.2:8080',
    ]);
  });

  it('come in the order of their names, whatever the order they were seen in', () => {
    const [a, b, c] = [pod('a', '10.0.0.3'), pod('b', '10.0.0.2'), pod('c', '10.0.0.1')];
    const expected = ['a 10.0.0.3:8080', 'b 10.0.0.2:8080', 'c 10.0.0.1:8080'];
    for (const pods of [
      [a, b, c],
      [c, a, b],
      [b, c, a],
    ])
      expect(targetsOf({ pods })).toEqual(expected);
  });

  it('are none where the service selects none, which is no problem', () => {
    expect(targetsOf({ pods: [] })).toEqual([]);
  });
});
