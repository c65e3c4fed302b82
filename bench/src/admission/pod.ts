/** The namespace of the pod. */
export const namespace = 'shop';
const hash = '7c5b4f9d86';

/**
 * The pod that a ReplicaSet creates, with what the API server's own defaults and admission have filled in: 3 KB.
 *
 * @param label the value of its label `app.kubernetes.io/name`.
 */
export const podOf = (label: string): object => ({
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: {
    generateName: `${label}-${hash}-`,
    namespace,
    uid: 'c6f1f5d0-94c2-4f5d-8a39-2c3d9b6f2f11',
    creationTimestamp: '2026-05-01T12:00:00Z',
    labels: {
      'app.kubernetes.io/name': label,
      'app.kubernetes.io/instance': 'production',
      'app.kubernetes.io/version': '4.18.2',
      'app.kubernetes.io/managed-by': 'Helm',
      'pod-template-hash': hash,
    },
    annotations: {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '9090',
      'checksum/config': '8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4',
    },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        name: `${label}-${hash}`,
        uid: '0f0d5b7e-6bb8-4c7b-9d5f-1f6c3a2b4e55',
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  },
  spec: {
    volumes: [
      { name: 'config', configMap: { name: 'checkout-config', defaultMode: 420 } },
      {
        name: 'kube-api-access-x7k2p',
        projected: {
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            {
              downwardAPI: {
                items: [
                  { path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } },
                ],
              },
            },
          ],
          defaultMode: 420,
        },
      },
    ],
    containers: [
      {
        name: 'app',
        image: 'registry.example.com/shop/checkout:4.18.2',
        ports: [
          { name: 'http', containerPort: 8080, protocol: 'TCP' },
          { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
        ],
        env: [
          { name: 'LOG_LEVEL', value: 'info' },
          { name: 'DATABASE_HOST', value: 'orders.cluster.internal' },
          {
            name: 'DATABASE_PASSWORD',
            valueFrom: { secretKeyRef: { name: 'orders-database', key: 'password' } },
          },
          {
            name: 'POD_IP',
            valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } },
          },
        ],
        resources: { limits: { memory: '512Mi' }, requests: { cpu: '250m', memory: '512Mi' } },
        volumeMounts: [
          { name: 'config', mountPath: '/etc/checkout' },
          {
            name: 'kube-api-access-x7k2p',
            readOnly: true,
            mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
          },
        ],
        livenessProbe: {
          httpGet: { path: '/livez', port: 'http', scheme: 'HTTP' },
          initialDelaySeconds: 10,
          timeoutSeconds: 1,
          periodSeconds: 10,
          successThreshold: 1,
          failureThreshold: 3,
        },
        readinessProbe: {
          httpGet: { path: '/readyz', port: 'http', scheme: 'HTTP' },
          timeoutSeconds: 1,
          periodSeconds: 2,
          successThreshold: 1,
          failureThreshold: 2,
        },
        lifecycle: { preStop: { sleep: { seconds: 30 } } },
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        imagePullPolicy: 'IfNotPresent',
        securityContext: {
          capabilities: { drop: ['ALL'] },
          runAsNonRoot: true,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
        },
      },
    ],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 60,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: 'checkout',
    serviceAccount: 'checkout',
    securityContext: { fsGroup: 2000, seccompProfile: { type: 'RuntimeDefault' } },
    schedulerName: 'default-scheduler',
    tolerations: [
      {
        key: 'node.kubernetes.io/not-ready',
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      },
      {
        key: 'node.kubernetes.io/unreachable',
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      },
    ],
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  },
  status: {},
});
