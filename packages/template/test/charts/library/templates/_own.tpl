{{ define "lib.overridden" }}from: parent{{ end }}
