import { describe, expect, it } from '@jest/globals';
import { frontendsOf } from './frontends.ts';
import { projectService } from './service.ts';

const nodes = ['127.32.0.1', '127.32.0.2'];

const frontends = (spec: object): string[] =>
  frontendsOf(
    projectService({ metadata: { name: 'web', namespace: 'shop', uid: 'web', resourceVersion: '1' }, spec }),
    nodes,
  ).map(({ address, port, servicePort }) => `${address}:${port} -> ${servicePort.targetPort}`);

const selector = { app: 'web' };

describe('a service is reached', () => {
  it.each<[string, object, string[]]>([
    [
      'at each port of its cluster IP',
      { clusterIP: '127.128.0.2', selector, ports: [{ port: 80, targetPort: 'http' }, { port: 443 }] },
      ['127.128.0.2:80 -> http', '127.128.0.2:443 -> 443'],
    ],
    [
      'at its node port on each node, too',
      { clusterIP: '127.128.0.2', selector, ports: [{ port: 80, nodePort: 30080 }] },
      ['127.128.0.2:80 -> 80', '127.32.0.1:30080 -> 80', '127.32.0.2:30080 -> 80'],
    ],
    [
      'at all its cluster IPs',
      { clusterIP: '127.128.0.2', clusterIPs: ['127.128.0.2', '::1'], selector, ports: [{ port: 80 }] },
      ['127.128.0.2:80 -> 80', '::1:80 -> 80'],
    ],
    [
      'nowhere, when it is headless',
      { clusterIP: 'None', clusterIPs: ['None'], selector, ports: [{ port: 80 }] },
      [],
    ],
    ['nowhere, when it is an alias', { type: 'ExternalName', externalName: 'example.com' }, []],
    ['nowhere, when it selects no pods', { clusterIP: '127.128.0.1', ports: [{ port: 443 }] }, []],
    [
      'not at its UDP ports',
      { clusterIP: '127.128.0.2', selector, ports: [{ port: 53, protocol: 'UDP' }] },
      [],
    ],
  ])('%s', (_, spec, expected) => {
    expect(frontends(spec)).toEqual(expected);
  });
});
