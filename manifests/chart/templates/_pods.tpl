{{- /* The image of a program, given its image values and the chart. */ -}}
{{- define "targetgate.image" -}}
{{- $name := printf "%s/%s" .image.registry .image.repository | trimPrefix "/" -}}
{{- if .image.digest -}}
{{ $name }}@{{ .image.digest }}
{{- else -}}
{{ $name }}:{{ .image.tag | default .chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- /* Variables of a container, given as a dict: those that are empty are left to the program's default. */ -}}
{{- define "targetgate.variables" -}}
{{- $variables := list -}}
{{- range $name, $value := . -}}
{{- if ne (toString $value) "" -}}
{{- $variables = append $variables (dict "name" $name "value" (toString $value)) -}}
{{- end -}}
{{- end -}}
{{ toYaml $variables }}
{{- end -}}

{{- /* Where the pods of a program may run, given its values and its name. */ -}}
{{- define "targetgate.scheduling" -}}
{{- $scheduling := pick .values "priorityClassName" "nodeSelector" "tolerations" "affinity" -}}
{{- $own := dict "matchLabels" (dict "app.kubernetes.io/name" .name) -}}
{{- $spread := list -}}
{{- range .values.topologySpreadConstraints -}}
{{- $spread = append $spread (hasKey . "labelSelector" | ternary . (set (deepCopy .) "labelSelector" $own)) -}}
{{- end -}}
{{- range $field, $value := set $scheduling "topologySpreadConstraints" $spread -}}
{{- if not $value -}}
{{- $_ := unset $scheduling $field -}}
{{- end -}}
{{- end -}}
{{- with $scheduling -}}
{{ toYaml . }}
{{- end -}}
{{- end -}}
