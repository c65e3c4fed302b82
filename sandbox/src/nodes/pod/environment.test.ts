import { describe, expect, it } from '@jest/globals';
import { testPod } from '../test-pod.ts';
import { projectContainer } from './container.ts';
import { containerEnvironment, expand } from './environment.ts';

describe("a container's environment", () => {
  it('has values, fields of its pod, and earlier entries filled in', () => {
    const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
    const container = projectContainer({
      name: 'web',
      env: [
        { name: 'COLOUR', value: 'green' },
        field('POD', 'metadata.name'),
        field('NAMESPACE', 'metadata.namespace'),
        field('APP', "metadata.labels['app']"),
        field('NODE', 'spec.nodeName'),
        field('IP', 'status.podIP'),
        field('HOST_IP', 'status.hostIP'),
        { name: 'WHO', value: '$(POD) on $(NODE)' },
        { name: 'EMPTY' },
      ],
    });
    const pod = testPod({ metadata: { labels: { app: 'shop' } } });
    expect(
      containerEnvironment(container, pod, { address: '127.64.0.1', hostAddress: '127.32.0.1' }),
    ).toEqual({
      COLOUR: 'green',
      POD: 'web-1',
      NAMESPACE: 'shop',
      APP: 'shop',
      NODE: 'node-1',
      IP: '127.64.0.1',
      HOST_IP: '127.32.0.1',
      WHO: 'web-1 on node-1',
      EMPTY: '',
    });
  });

  it('leaves out what it cannot read', () => {
    const secret = { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'key' } } };
    const pod = testPod({ spec: { containers: [{ name: 'web', env: [secret] }] } });
    const environments = pod.containers.map((container) =>
      containerEnvironment(container, pod, { address: '', hostAddress: '' }),
    );
    expect(environments).toEqual([{}]);
  });
});

describe('$(NAME)', () => {
  it.each([
    ['is filled in', '--pod=$(POD)', '--pod=web-1'],
    ['stays where the name is unknown', '$(OTHER)', '$(OTHER)'],
    ['stays, without one $, where it is escaped', '$$(POD)', '$(POD)'],
  ])('%s', (_, text, expanded) => {
    expect(expand(text, { POD: 'web-1' })).toBe(expanded);
  });
});
