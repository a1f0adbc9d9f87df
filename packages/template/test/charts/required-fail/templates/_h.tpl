{{ define "inner" }}{{ required "inner needs it" .Values.name }}{{ end }}
{{ define "outer" }}{{ include "inner" . }}{{ end }}
