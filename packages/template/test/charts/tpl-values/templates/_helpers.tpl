{{ define "helper" }}original{{ end }}
