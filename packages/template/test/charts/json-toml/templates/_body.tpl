{{- define "body" -}}
json: {{ .Values.t | toJson }}
pretty: {{ .Values.t | toPrettyJson | nindent 2 }}
raw: {{ .Values.t.html | toRawJson }} {{ .Values.t.html | toJson }} {{ .Values.t.html | mustToJson }}
scalars: {{ toJson nil }} {{ toJson "x" }} {{ toJson 5 }} {{ toJson (list) }} {{ toJson (dict) }} {{ toJson 1e21 }} {{ toJson 1e-7 }} {{ toJson 0.1 }}
from: {{ fromJson "{\"a\": [1, 2.5, null, true], \"b\": {\"c\": \"\\u00e9\"}}" | toYaml | nindent 2 }}
fromErr: {{ fromJson "{" | toJson }} {{ fromJson "[1]" | toJson }} {{ fromJson "x" | toJson }} {{ fromJson "" | toJson }} {{ fromJson "{\"a\" 1}" | toJson }} {{ fromJson "{\"a\":1}x" | toJson }} {{ fromJson "null" | toJson }} {{ fromJson "{\"a\":01}" | toJson }} {{ fromJson "{'a':1}" | toJson }}
array: {{ fromJsonArray "[1, \"a\"]" | toJson }} {{ fromJsonArray "{}" | toJson }} {{ fromJsonArray "[" | toJson }}
toml: |
  {{- .Values.t | toToml | nindent 2 }}
tomlErr: {{ toToml (list 1) }} {{ toToml (dict "a" (list nil)) }} {{ toToml "x" }}
fromToml: {{ fromToml "a = 1\nb = 1.5\nc = \"x\"\nd = [1, 2]\n[e]\nf = true\n[[g]]\nh = 1" | toJson }} {{ kindOf (fromToml "a = 1").a }}
must: {{ mustToToml (dict "a" 1 "b" (dict "c" "d")) | quote }}
{{- end -}}
