import { describe, expect, it } from '@jest/globals';
import type { RawObject } from '@targetgate/shared/kube';
import { backendsOf } from './backends.ts';
import { projectPod, type Pod } from './pod.ts';
import { projectService } from './service.ts';

/** A ready pod of the service, with parts of the API object replaced. */
const pod = (parts: { metadata?: object; port?: number; status?: object } = {}): Pod =>
  projectPod({
    metadata: {
      ...{ name: 'web-1', namespace: 'shop', uid: 'uid-1', resourceVersion: '1' },
      labels: { app: 'web', tier: 'front' },
      ...parts.metadata,
    },
    spec: { containers: [{}, { ports: [{ name: 'http', containerPort: parts.port ?? 8080 }] }] },
    status: { conditions: [{ type: 'Ready', status: 'True' }], podIP: '127.64.0.1', ...parts.status },
  });

const second = { metadata: { name: 'web-2' }, status: { podIP: '127.64.0.2' } };

function backends(targetPort: number | string, pods: Pod[], selector: object = { app: 'web' }) {
  const raw: RawObject = {
    metadata: { name: 'web', namespace: 'shop', uid: 'web', resourceVersion: '1' },
    spec: { clusterIP: '127.128.0.2', selector, ports: [{ port: 80, targetPort }] },
  };
  const service = projectService(raw);
  return service.ports
    .flatMap((port) => backendsOf(service, port, pods))
    .map(({ address, port }) => `${address}:${port}`);
}

describe('the backends of a service', () => {
  it('are its pods, in the order of their names, at a port given by number', () => {
    expect(backends(8000, [pod(second), pod()])).toEqual(['127.64.0.1:8000', '127.64.0.2:8000']);
  });

  it('are at the port that each pod gives the name to', () => {
    const pods = [pod(), pod({ ...second, port: 8888 })];
    expect(backends('http', pods)).toEqual(['127.64.0.1:8080', '127.64.0.2:8888']);
  });

  it.each<[string, Pod]>([
    ['is not ready', pod({ status: { conditions: [{ type: 'Ready', status: 'False' }] } })],
    ['says nothing of its readiness', pod({ status: { conditions: [] } })],
    [
      'is being deleted, though it is ready',
      pod({ metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }),
    ],
    ['has other labels', pod({ metadata: { labels: { app: 'api' } } })],
    ['is of another namespace', pod({ metadata: { namespace: 'other' } })],
    ['has no address yet', pod({ status: { podIP: undefined } })],
  ])('lack a pod that %s', (_, lacking) => {
    expect(backends('http', [lacking])).toEqual([]);
  });

  it('lack a pod that has no port of the name', () => {
    expect(backends('grpc', [pod()])).toEqual([]);
  });

  it('have all labels of the selector', () => {
    expect(backends(80, [pod()], { app: 'web', tier: 'front' })).toHaveLength(1);
    expect(backends(80, [pod()], { app: 'web', tier: 'back' })).toEqual([]);
  });

  it('are none without a selector', () => {
    expect(backends(80, [pod()], {})).toEqual([]);
  });
});
