{{/* Names and labels. Object names and selector labels are part of the upgrade contract:
     a Deployment's selector can never change, and claims are found by name. */}}

{{- define "hypersdk.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- define "hypersdk.fullname" -}}
{{- $name := .Values.nameOverride | default .Chart.Name -}}
{{- $full := printf "%s-%s" .Release.Name $name -}}
{{- if .Values.fullnameOverride -}}
  {{- $full = .Values.fullnameOverride -}}
{{- else if contains $name .Release.Name -}}
  {{- $full = .Release.Name -}}
{{- end -}}
{{- $full | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- define "hypersdk.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (ternary (include "hypersdk.fullname" .) "default" (eq (toString .Values.serviceAccount.create) "true")) -}}
{{- end }}

{{- define "hypersdk.selectorLabels" -}}
app.kubernetes.io/name: {{ include "hypersdk.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app: hypervisord
{{- end }}

{{/* A label value cannot hold the "+" of a version's build part. */}}
{{- define "hypersdk.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- define "hypersdk.labels" -}}
{{ include "hypersdk.selectorLabels" . }}
helm.sh/chart: {{ include "hypersdk.chart" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* The metadata all namespaced objects share; dict: root, and optionally suffix, labels,
     annotations. The namespace is written out for renders that are applied without helm. */}}
{{- define "hypersdk.metadata" -}}
name: {{ include "hypersdk.fullname" .root }}{{ .suffix }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "hypersdk.labels" .root | nindent 2 }}
  {{- with .labels }}
  {{- include "hypersdk.stringMap" . | nindent 2 }}
  {{- end }}
{{- with .annotations }}
annotations:
  {{- include "hypersdk.stringMap" . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Values as text. Helm hands YAML numbers to templates as floats, and a float of eight
     digits prints as 3.3554432e+07, which no integer parser accepts. */}}

{{/* A whole number; dict: value, name (for the error), default (optional). */}}
{{- define "hypersdk.int" -}}
{{- $text := trim (toString (kindIs "invalid" .value | ternary "" .value)) -}}
{{- if eq $text "" -}}
  {{- $text = toString (default "" .default) -}}
{{- end -}}
{{- if regexMatch "^[+-]?[0-9]+$" $text -}}
  {{- regexReplaceAll "^\\+?(-?)0*([0-9])" $text "${1}${2}" -}}
{{- else if regexMatch "^[+-]?[0-9]+\\.?[0-9]*([eE][+-]?[0-9]+)?$" $text -}}
  {{- if ne (floor (float64 $text)) (float64 $text) -}}
    {{- fail (printf "%s must be a whole number, but is %s" .name $text) -}}
  {{- end -}}
  {{- printf "%.0f" (float64 $text) -}}
{{- else -}}
  {{- fail (printf "%s must be a whole number without a unit, but is %q" .name $text) -}}
{{- end -}}
{{- end }}

{{/* Any scalar, numbers without an exponent. */}}
{{- define "hypersdk.text" -}}
{{- if kindIs "float64" . -}}
  {{- if eq (floor .) . }}{{ printf "%.0f" . }}{{ else }}{{ toString . }}{{ end -}}
{{- else if not (kindIs "invalid" .) -}}
  {{- toString . -}}
{{- end -}}
{{- end }}

{{/* Labels, annotations, node selectors: Kubernetes takes strings only, people write true
     and 8081. Entries set to null are left out. */}}
{{- define "hypersdk.stringMap" -}}
{{- $entries := dict -}}
{{- range $key, $value := . -}}
  {{- if not (kindIs "invalid" $value) -}}
    {{- $_ := set $entries $key (include "hypersdk.text" $value) -}}
  {{- end -}}
{{- end -}}
{{- with $entries }}{{ toYaml . }}{{ end -}}
{{- end }}

{{/* A map as YAML without its null entries: null in a values file means "leave it out". */}}
{{- define "hypersdk.withoutNulls" -}}
{{- $entries := dict -}}
{{- range $key, $value := . -}}
  {{- if not (kindIs "invalid" $value) -}}
    {{- $_ := set $entries $key $value -}}
  {{- end -}}
{{- end -}}
{{- with $entries }}{{ toYaml . }}{{ end -}}
{{- end }}

{{/* The port of an address such as 0.0.0.0:8080; dict: address, default. */}}
{{- define "hypersdk.port" -}}
{{- regexFind "[0-9]+$" (toString .address) | default .default -}}
{{- end }}

{{- define "hypersdk.image" -}}
{{- .Values.image.repository -}}
{{- if .Values.image.digest -}}
@{{ .Values.image.digest }}
{{- else -}}
:{{ include "hypersdk.text" .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{/* "true" unless a live cluster says that it does not serve the API; dict: root, api.
     Offline (helm template, Argo CD without a list of APIs) nobody knows, and an object that
     was asked for must not vanish from a render. Every live cluster has the API of
     aggregated APIs, and no offline default list contains it: that tells the two apart. */}}
{{- define "hypersdk.apiUsable" -}}
{{- $known := .root.Capabilities.APIVersions -}}
{{- if or ($known.Has .api) (not ($known.Has "apiregistration.k8s.io/v1")) -}}
true
{{- end -}}
{{- end }}

{{/* Whether pods get a Kubernetes API token: as told, else only if there are rights to use. */}}
{{- define "hypersdk.automount" -}}
{{- if kindIs "invalid" .Values.serviceAccount.automount -}}
{{- .Values.rbac.create | default false -}}
{{- else -}}
{{- .Values.serviceAccount.automount -}}
{{- end -}}
{{- end }}

{{/* The SecurityContextConstraints are cluster-wide, so two namespaces must not share a name.
     A release of the former chart owns <fullname>-scc: it keeps it, so that an upgrade renames nothing. */}}
{{- define "hypersdk.sccName" -}}
{{- $former := printf "%s-scc" (include "hypersdk.fullname" .) -}}
{{- $name := printf "%s-%s-scc" .Release.Namespace (include "hypersdk.fullname" .) -}}
{{- $found := lookup "security.openshift.io/v1" "SecurityContextConstraints" "" $former | default dict -}}
{{- $owner := ($found.metadata | default dict).annotations | default dict -}}
{{- if .Values.openshift.scc.name -}}
  {{- $name = .Values.openshift.scc.name -}}
{{- else if and (eq (toString (index $owner "meta.helm.sh/release-name")) .Release.Name) (eq (toString (index $owner "meta.helm.sh/release-namespace")) .Release.Namespace) -}}
  {{- $name = $former -}}
{{- end -}}
{{- $name -}}
{{- end }}
