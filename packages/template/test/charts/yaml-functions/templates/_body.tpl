{{- define "body" -}}
toYaml: {{ .Values.table | toYaml | nindent 2 }}
pretty: {{ .Values.table | toYamlPretty | nindent 2 }}
must: {{ .Values.table.a | mustToYaml | nindent 2 }}
scalars: {{ toYaml nil }} {{ toYaml "x" }} {{ toYaml 5 }} {{ toYaml 5.5 }} {{ toYaml true }} {{ toYaml (list) }} {{ toYaml (dict) }} {{ toYaml "" }} {{ toYaml (list 1 "a" nil) | quote }}
from: {{ fromYaml "a: 1\nb: [x, y]\nc: {d: e}" | toJson }}
fromErr: {{ fromYaml "a: b: c" | toJson }} {{ fromYaml "- a" | toJson }} {{ fromYaml "x" | toJson }} {{ fromYaml "" | toJson }} {{ fromYaml "a: [" | toJson }} {{ fromYaml "a: 1\n b: 2" | toJson }}
array: {{ fromYamlArray "- a\n- 1" | toJson }} {{ fromYamlArray "a: 1" | toJson }} {{ fromYamlArray "" | toJson }} {{ fromYamlArray "- [" | toJson }}
multi: {{ fromYaml "a: 1\n---\nb: 2" | toJson }}
nums: {{ fromYaml "a: 1000000\nb: 0755\nc: 1e3\nd: yes\ne: 2020-01-01\nf: 1:30\ng: .5\nh: 0b11" | toJson }} {{ (fromYaml "a: 1000000").a }} {{ kindOf (fromYaml "a: 1").a }}
keys: {{ fromYaml "1: a\ntrue: b\n1.5: c\nnull: d" | toJson }}
round: {{ toYaml (fromYaml (toYaml .Values.table)) | eq (toYaml .Values.table) }}
indent: |
  {{- toYaml .Values.table.a | nindent 4 }}
{{- end -}}
