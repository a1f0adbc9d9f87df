{{- define "body" -}}
get: {{ .Files.Get "config/app.properties" | quote }}
missing: {{ .Files.Get "nope" | quote }}{{ .Files.GetBytes "nope" | toString | quote }}
ignored: {{ .Files.Get "ignored.txt" | quote }} template: {{ .Files.Get "templates/t.yaml" | quote }} chart: {{ .Files.Get "Chart.yaml" | quote }}{{ .Files.Get "values.yaml" | quote }}
bytes: {{ .Files.GetBytes "top.txt" }} {{ typeOf (.Files.GetBytes "top.txt") }}
names: {{ range $name, $_ := .Files }}{{ $name }} {{ end }}
index: {{ index .Files "top.txt" | toString | trim }}
lines: {{ range .Files.Lines "config/app.properties" }}[{{ . }}]{{ end }}{{ range .Files.Lines "config/no-newline.txt" }}[{{ . }}]{{ end }}{{ range .Files.Lines "none" }}never{{ end }}
{{- range $pattern := list "config/*" "config/**" "**.yaml" "**/*.yaml" "config/{b1,b2}.*" "config/b?.y*ml" "config/[bc][0-9].*" "config/[!b]*.txt" "*.txt" "config/*.{yaml,json}" "config/nested/**" "**" "*" "config/[a-c]*" "nothing" "config/[a-z0-9]*" "config/[" "{a" "config/**/deep.conf" "**/deep.conf" }}
{{ $pattern | quote }}: {{ range $name, $_ := $.Files.Glob $pattern }}{{ $name }} {{ end }}
{{- end }}
config:
{{ (.Files.Glob "config/*.{txt,properties}").AsConfig | indent 2 }}
secrets:
{{ (.Files.Glob "config/*").AsSecrets | indent 2 }}
nested:
  {{- (.Files.Glob "config/nested/*").AsConfig | nindent 2 }}
none: [{{ (.Files.Glob "nothing").AsConfig }}]
b64: {{ .Files.Get "config/bin.dat" | b64enc }}
binary: {{ (.Files.Glob "config/bin.dat").AsConfig }}
sha: {{ .Files.Get "config/bin.dat" | sha256sum }} {{ len (.Files.Get "config/bin.dat") }}
toYaml: {{ .Files.Glob "top*" | toYaml }}
data: {{ range $path, $bytes := .Files.Glob "config/b*.y*" }}{{ base $path }}={{ $bytes | toString | trim }} {{ end }}
{{- end -}}
