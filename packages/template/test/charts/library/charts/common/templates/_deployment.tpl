{{- define "lib.labels" -}}
app: {{ .Chart.Name }}
managed: {{ .Release.Service }}
{{- end -}}
{{- define "lib.deployment" -}}
{{- $ctx := .ctx -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $ctx.Values.name | default $ctx.Chart.Name }}
  labels:
    {{- include "lib.labels" $ctx | nindent 4 }}
    {{- with .extra }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
{{ define "lib.note" }}note: {{ .Template.Name }}{{ end }}
