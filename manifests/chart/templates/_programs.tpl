{{- /* The programs that are installed, as a JSON list: in shadow mode, the syncer alone. */ -}}
{{- define "targetgate.programs" -}}
{{ ternary (list "targetgate-syncer") (list "targetgate-webhook" "targetgate-syncer") .Values.syncer.shadow | toJson }}
{{- end -}}
