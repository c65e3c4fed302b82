{{- /*
What the chart does about the CRD. "ours": installs it, or keeps it as it is in the release. "foreign": leaves it alone,
as the cluster has it from somebody else, such as LBC. "off": leaves it alone, as told. Without a cluster to look at
(helm template), it is "ours".
*/ -}}
{{- define "targetgate.crd" -}}
{{- if or (not .Values.crds.install) .Values.syncer.shadow -}}
off
{{- else -}}
{{- $name := printf "targetgroupbindings.%s" .Values.apiGroup -}}
{{- $found := lookup "apiextensions.k8s.io/v1" "CustomResourceDefinition" "" $name -}}
{{- $owner := dig "metadata" "annotations" dict $found -}}
{{- $isOurs := and (eq (get $owner "meta.helm.sh/release-name") .Release.Name) (eq (get $owner "meta.helm.sh/release-namespace") .Release.Namespace) -}}
{{- if and $found (not $isOurs) -}}
foreign
{{- else -}}
ours
{{- end -}}
{{- end -}}
{{- end -}}
