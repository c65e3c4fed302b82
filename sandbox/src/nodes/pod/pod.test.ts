import { describe, expect, it } from '@jest/globals';
import { testPod } from '../test-pod.ts';

describe('a projected pod', () => {
  it('has the probes of its containers in milliseconds, with named ports looked up and the defaults of the API', () => {
    const pod = testPod({
      spec: {
        containers: [
          {
            name: 'web',
            ports: [{ name: 'http', containerPort: 8080 }],
            readinessProbe: {
              httpGet: { path: '/healthz', port: 'http', scheme: 'HTTPS' },
              periodSeconds: 2,
            },
            livenessProbe: { httpGet: { port: 'no-such-port' } },
            startupProbe: { exec: { command: ['true'] } },
          },
        ],
      },
    });
    expect(pod.containers[0]).toMatchObject({
      readiness: {
        scheme: 'https',
        path: '/healthz',
        port: 8080,
        delayMs: 0,
        periodMs: 2000,
        timeoutMs: 1000,
        failures: 3,
        passes: 1,
      },
      liveness: undefined,
      startup: undefined,
    });
  });

  it('has the init containers that restart always as sidecars, and no others', () => {
    const initContainers = [{ name: 'migrate' }, { name: 'mesh', restartPolicy: 'Always' }];
    expect(testPod({ spec: { initContainers, containers: [] } }).sidecars.map(({ name }) => name)).toEqual([
      'mesh',
    ]);
  });

  it('is being deleted, with the grace of the delete call, once it has a deletionTimestamp', () => {
    expect(testPod().deletion).toBeUndefined();
    const metadata = { deletionTimestamp: '2026-01-01T00:00:30Z', deletionGracePeriodSeconds: 30 };
    expect(testPod({ metadata }).deletion).toEqual({ graceSeconds: 30 });
  });
});
