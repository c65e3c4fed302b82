/** What the chart's tests render and apply: the arguments of Helm for installations that people make. */
export const valueSets = {
  defaults: [],
  'everything on': [
    '--set=networkPolicy.enabled=true',
    '--set=metrics.serviceMonitor.enabled=true',
    '--set=metrics.prometheusRule.enabled=true',
    '--set=metrics.dashboards.enabled=true',
    '--set=webhook.certificates.mode=cert-manager',
    '--set=webhook.failurePolicy=Fail',
    '--set-json=imagePullSecrets=[{"name":"registry"}]',
    '--set-json=webhook.excludedNamespaces=["karpenter"]',
    ...['webhook', 'syncer'].flatMap((program) => [
      `--set-json=${program}.nodeSelector={"role":"system"}`,
      `--set-json=${program}.tolerations=[{"operator":"Exists"}]`,
      `--set-json=${program}.affinity={"nodeAffinity":{}}`,
      `--set-json=${program}.podAnnotations={"team":"edge"}`,
      `--set-json=${program}.podLabels={"team":"edge"}`,
      `--set-json=${program}.extraEnv=[{"name":"NO_COLOR","value":"1"}]`,
      `--set-json=${program}.extraArgs=["--log-level=debug"]`,
    ]),
    '--set=syncer.awsRegion=eu-west-1',
    '--set=syncer.namespaceTag=namespace',
  ],
  'an issuer of the cluster': [
    '--set=webhook.certificates.mode=cert-manager',
    '--set-json=webhook.certificates.certManager.issuerRef={"kind":"ClusterIssuer","name":"internal"}',
  ],
  'a Secret with the certificate': [
    '--set=webhook.certificates.mode=secret',
    '--set=webhook.certificates.secret.name=from-vault',
    '--set=webhook.certificates.secret.caBundle=-----BEGIN CERTIFICATE-----',
  ],
  'one namespace': ['--set=syncer.watchNamespace=shop'],
  'three shards': ['--set=syncer.shards=3'],
  'a group of its own': ['--set=apiGroup=targetgate.dev'],
  'shadow mode': ['--set=syncer.shadow=true'],
  IRSA: [
    '--set-json=syncer.serviceAccount.annotations={"eks.amazonaws.com/role-arn":"arn:aws:iam::111122223333:role/targetgate"}',
  ],
  'accounts made elsewhere': ['webhook', 'syncer'].flatMap((program) => [
    `--set=${program}.serviceAccount.create=false`,
    `--set=${program}.serviceAccount.name=edge`,
  ]),
} as const satisfies Record<string, readonly string[]>;
