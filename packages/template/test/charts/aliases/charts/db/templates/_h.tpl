{{ define "db.name" }}{{ .Chart.Name }}-{{ .Values.port }}{{ end }}
