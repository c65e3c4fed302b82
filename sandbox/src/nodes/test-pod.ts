import { projectPod, type Pod } from './pod/pod.ts';

/** A pod for tests: one container, bound to node-1, with parts of the API object replaced. */
export function testPod(parts: { metadata?: object; spec?: object; status?: object } = {}): Pod {
  const raw = {
    metadata: { namespace: 'shop', name: 'web-1', uid: 'uid-1', resourceVersion: '1', ...parts.metadata },
    spec: { nodeName: 'node-1', containers: [{ name: 'web', image: 'sandbox/app:1' }], ...parts.spec },
    status: { phase: 'Pending', ...parts.status },
  };
  return projectPod(raw);
}
