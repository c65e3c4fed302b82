{{- /* How the API server calls the webhook, given the chart's scope and a path. */ -}}
{{- define "targetgate.callingWebhook" -}}
{{- $scope := first . -}}
{{- $certificates := $scope.Values.webhook.certificates -}}
admissionReviewVersions: [v1]
clientConfig:
  service:
    name: targetgate-webhook
    namespace: {{ $scope.Release.Namespace }}
    path: {{ last . }}
    port: 9443
  {{- if eq $certificates.mode "secret" }}
  caBundle: {{ required "webhook.certificates.mode is secret: give the certificate of its CA in webhook.certificates.secret.caBundle" $certificates.secret.caBundle | b64enc }}
  {{- end }}
matchPolicy: Equivalent
sideEffects: None
timeoutSeconds: {{ $scope.Values.webhook.timeoutSeconds }}
{{- end -}}

{{- /* What is asked about new pods, whatever their namespace asks for. */ -}}
{{- define "targetgate.newPods" -}}
rules:
  - operations: [CREATE]
    apiGroups: ['']
    apiVersions: [v1]
    resources: [pods]
    scope: Namespaced
matchConditions:
  - name: is-no-mirror-pod
    expression: >-
      !has(object.metadata.annotations) || !('kubernetes.io/config.mirror' in object.metadata.annotations)
reinvocationPolicy: IfNeeded
failurePolicy: {{ .Values.webhook.failurePolicy }}
{{- end -}}

{{- define "targetgate.excludedNamespaces" -}}
- key: kubernetes.io/metadata.name
  operator: NotIn
  values: {{ concat (list "kube-system" .Release.Namespace) .Values.webhook.excludedNamespaces | uniq | toJson }}
{{- end -}}

{{- /* Has cert-manager write the caBundle; empty where others do. */ -}}
{{- define "targetgate.caInjection" -}}
{{- if eq .Values.webhook.certificates.mode "cert-manager" -}}
annotations:
  cert-manager.io/inject-ca-from: {{ .Release.Namespace }}/targetgate-webhook
{{- end }}
{{- end -}}
