{{- /* What the syncer does in the namespaces that it works in. In shadow mode, it reads. */ -}}
{{- define "targetgate.syncerRights" -}}
{{- $writes := not .Values.syncer.shadow -}}
# What the targets should be. get: before a removal, what has vanished from a cache is asked for by name.
- apiGroups: ['']
  resources: [pods, services]
  verbs: [get, list, watch]
# For services without a selector.
- apiGroups: [discovery.k8s.io]
  resources: [endpointslices]
  verbs: [list, watch]
# The finalizer is a patch of the binding itself.
- apiGroups: [{{ .Values.apiGroup }}]
  resources: [targetgroupbindings]
  verbs: [get, list, watch{{ if $writes }}, patch{{ end }}]
# The ledgers: one per binding, in the binding's namespace and named after it, so no rule can name them. They go with
# their bindings. Those of LBC (aws-lbc-targets-BINDING) are only read.
- apiGroups: ['']
  resources: [configmaps]
  verbs: [get, list{{ if $writes }}, create, update, patch{{ end }}]
{{- if $writes }}
- apiGroups: [{{ .Values.apiGroup }}]
  resources: [targetgroupbindings/status]
  verbs: [patch]
# The conditions of the gates.
- apiGroups: ['']
  resources: [pods/status]
  verbs: [patch]
- apiGroups: ['']
  resources: [events]
  verbs: [create]
{{- end }}
{{- end -}}
