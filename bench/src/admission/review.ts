import { namespace } from './pod.ts';

/** The review of a pod that a ReplicaSet's controller creates. */
const reviewOf = (pod: object): object => ({
  kind: 'AdmissionReview',
  apiVersion: 'admission.k8s.io/v1',
  request: {
    uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
    kind: { group: '', version: 'v1', kind: 'Pod' },
    resource: { group: '', version: 'v1', resource: 'pods' },
    requestKind: { group: '', version: 'v1', kind: 'Pod' },
    requestResource: { group: '', version: 'v1', resource: 'pods' },
    namespace,
    operation: 'CREATE',
    userInfo: {
      username: 'system:serviceaccount:kube-system:replicaset-controller',
      uid: '3e9e0a1c-7d57-4a44-9c5e-a8a5d5a4c6b2',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'],
      extra: { 'authentication.kubernetes.io/credential-id': ['JTI=3f9c2d8a-52f7-4c5b-9f0e-6f7c3f1b9a55'] },
    },
    object: pod,
    oldObject: null,
    dryRun: false,
    options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1' },
  },
});

/** The review of a pod as the API server posts it: a whole HTTP/1.1 request. */
export function requestOf(pod: object, to: { readonly host: string; readonly path: string }): Buffer {
  const body = Buffer.from(JSON.stringify(reviewOf(pod)));
  const head = [
    `POST ${to.path}?timeout=5s HTTP/1.1`,
    `Host: ${to.host}`,
    'User-Agent: kube-apiserver-admission',
    `Content-Length: ${body.length}`,
    'Accept: application/json, */*',
    'Content-Type: application/json',
    'Accept-Encoding: gzip',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}
