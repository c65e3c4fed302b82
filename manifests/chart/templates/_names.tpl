{{- /*
What is in the release's namespace has the same names in every installation: the programs' Leases have, so two
releases in one namespace would share them. Helm refuses the second one, as the objects are there already.
What is in no namespace (or in the watched one) is named after the release, so that installations with API groups of
their own can be in one cluster.
*/ -}}
{{- define "targetgate.clusterName" -}}
{{- if contains "targetgate" .Release.Name -}}
{{ .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-targetgate" .Release.Name | trunc 52 | trimSuffix "-" }}
{{- end -}}
{{- end -}}

{{- define "targetgate.webhookAccount" -}}
{{ .Values.webhook.serviceAccount.name | default "targetgate-webhook" }}
{{- end -}}

{{- define "targetgate.syncerAccount" -}}
{{ .Values.syncer.serviceAccount.name | default "targetgate-syncer" }}
{{- end -}}

{{- /* The Secret with the serving certificate, which depends on who makes it: two of them never write the same one. */ -}}
{{- define "targetgate.certificateSecret" -}}
{{- with .Values.webhook.certificates -}}
{{- if eq .mode "secret" -}}
{{ required "webhook.certificates.mode is secret: name the Secret in webhook.certificates.secret.name" .secret.name }}
{{- else if eq .mode "cert-manager" -}}
targetgate-webhook-cert
{{- else -}}
targetgate-webhook-tls
{{- end -}}
{{- end -}}
{{- end -}}
