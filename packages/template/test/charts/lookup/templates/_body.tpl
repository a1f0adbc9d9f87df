{{- define "body" -}}
{{- $secret := lookup "v1" "Secret" .Release.Namespace "name" }}
found: {{ if $secret }}yes{{ else }}no{{ end }}
type: {{ typeOf $secret }}
data: {{ $secret.data }}|{{ (lookup "v1" "Secret" "" "x").data }}|{{ dig "data" "password" "fallback" $secret }}
items: {{ range (lookup "v1" "Pod" "ns" "").items }}item{{ end }}
host: {{ getHostByName "example.com" }}|
{{- end -}}
