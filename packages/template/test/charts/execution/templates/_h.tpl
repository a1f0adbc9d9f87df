{{ define "h" }}h{{ end }}
{{ define "bad" }}
  {{ .Values.missing.deep }}{{ end }}
{{ define "worse" }}{{ include "bad" . }}{{ end }}
{{ define "loop" }}{{ include "loop" . }}{{ end }}
