{{- define "body" -}}
{{- range $k, $v := .Values }}
{{ $k | quote }}: {{ $v | quote }} {{ $v | toJson }} {{ $v | toYaml }} {{ len $v }} {{ $v | trunc 2 | quote }} {{ $v | upper }} {{ $v | b64enc }} {{ printf "%.2s|%5s|%q|%x" $v $v $v $v }}
{{- end }}
trunc: {{ .Values.plain | trunc 2 | toJson }} {{ .Values.plain | trunc 2 | toYaml }} {{ substr 0 2 .Values.cjk | quote }}
title: {{ .Values.plain | title }} {{ .Values.plain | untitle }} {{ .Values.plain | initials }} {{ .Values.cjk | splitList "" | join "|" }}
range: {{ range $i, $r := list "é" "日" }}{{ $i }}{{ $r }}{{ end }}
sorted: {{ keys .Values | sortAlpha | join "," }}
yaml: {{ .Values | toYaml | nindent 2 }}
é: direct
{{- end -}}
