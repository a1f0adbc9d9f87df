// A library as big charts carry it along: naming, labels, images, values that are templates, and much that a
// chart does not call.

const base = `{{/* The names of a release and its parts. */}}
{{- define "kit.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "kit.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "kit.name" . -}}
{{- $release := regexReplaceAll "(-?[^a-z\\\\d\\\\-])+-?" (lower .Release.Name) "-" -}}
{{- if contains $name $release -}}
{{- $release | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" $release $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "kit.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* Values that may be templates: (dict "value" .Values.x "context" $). */}}
{{- define "kit.render" -}}
{{- $value := typeIs "string" .value | ternary .value (.value | toYaml) }}
{{- if contains "{{" (toJson .value) }}
{{- if .scope }}
{{- tpl (cat "{{- with $.RelativeScope -}}" $value "{{- end }}") (merge (dict "RelativeScope" .scope) .context) }}
{{- else }}
{{- tpl $value .context }}
{{- end }}
{{- else }}
{{- $value }}
{{- end }}
{{- end -}}

{{- define "kit.labels.standard" -}}
{{- if and (hasKey . "customLabels") (hasKey . "context") -}}
{{- $default := dict "app.kubernetes.io/name" (include "kit.name" .context) "helm.sh/chart" (printf "%s-%s" .context.Chart.Name .context.Chart.Version | replace "+" "_") "app.kubernetes.io/instance" .context.Release.Name "app.kubernetes.io/managed-by" .context.Release.Service -}}
{{- with .context.Chart.AppVersion -}}
{{- $_ := set $default "app.kubernetes.io/version" (replace "+" "_" . | quote) -}}
{{- end -}}
{{ template "kit.merged" (dict "values" (list .customLabels $default) "context" .context) }}
{{- else -}}
app.kubernetes.io/name: {{ include "kit.name" . }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ replace "+" "_" . | quote }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "kit.labels.match" -}}
app.kubernetes.io/name: {{ include "kit.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "kit.merged" -}}
{{- $merged := dict -}}
{{- range .values -}}
{{- $merged = include "kit.render" (dict "value" . "context" $.context) | fromYaml | merge $merged -}}
{{- end -}}
{{ $merged | toYaml }}
{{- end -}}

{{- define "kit.image" -}}
{{- $registry := default .image.registry ((.global).imageRegistry) -}}
{{- $separator := ":" -}}
{{- $termination := .image.tag | toString -}}
{{- if not .image.tag -}}
{{- if .chart -}}
{{- $termination = .chart.AppVersion | toString -}}
{{- end -}}
{{- end -}}
{{- if .image.digest -}}
{{- $separator = "@" -}}
{{- $termination = .image.digest | toString -}}
{{- end -}}
{{- if $registry -}}
{{- printf "%s/%s%s%s" $registry .image.repository $separator $termination -}}
{{- else -}}
{{- printf "%s%s%s" .image.repository $separator $termination -}}
{{- end -}}
{{- end -}}

{{- define "kit.pullSecrets" -}}
{{- $names := list }}
{{- range ((.context.Values.global).imagePullSecrets) -}}
{{- if kindIs "map" . -}}
{{- $names = append $names (include "kit.render" (dict "value" .name "context" $.context)) -}}
{{- else -}}
{{- $names = append $names (include "kit.render" (dict "value" . "context" $.context)) -}}
{{- end -}}
{{- end -}}
{{- range .images -}}
{{- range .pullSecrets -}}
{{- $names = append $names . -}}
{{- end -}}
{{- end -}}
{{- if (not (empty $names)) -}}
imagePullSecrets:
{{- range $names | uniq }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "kit.kubeVersion" -}}
{{- default (default .Capabilities.KubeVersion.Version .Values.kubeVersion) ((.Values.global).kubeVersion) -}}
{{- end -}}
`

/** The files of the library: `count` more groups of definitions, about 1.2 KB each. */
export function libraryChart({ count = 22 } = {}) {
  const files = {
    'Chart.yaml':
      'apiVersion: v2\nname: kit\nversion: 2.0.0\ntype: library\ndescription: what the charts share\n',
    'values.yaml': '# What a library has for values.\nexampleValue: common\n',
    'templates/_base.tpl': base,
  }
  for (let index = 0; index < count; index++) files[`templates/_group${index}.tpl`] = group(index)
  return files
}

function group(index) {
  const sizes = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge', '2xlarge']
  const rows = sizes.map(
    (size, at) =>
      `  "${size}" (dict
    "requests" (dict "cpu" "${100 + index + 50 * at}m" "memory" "${128 * (at + 1)}Mi" "ephemeral-storage" "50Mi")
    "limits" (dict "cpu" "${150 + index + 75 * at}m" "memory" "${192 * (at + 1)}Mi" "ephemeral-storage" "2Gi"))`,
  )
  return `{{/*
Resources of group ${index} by name: {{ include "kit.resources${index}" (dict "type" "small") -}}
*/}}
{{- define "kit.resources${index}" -}}
{{- $presets := dict
${rows.join('\n')}
}}
{{- if hasKey $presets .type -}}
{{- index $presets .type | toYaml -}}
{{- else -}}
{{- printf "ERROR: Preset key '%s' invalid. Allowed values are %s" .type (join "," (keys $presets)) | fail -}}
{{- end -}}
{{- end -}}

{{- define "kit.affinity${index}" -}}
{{- if eq .type "soft" }}
preferredDuringSchedulingIgnoredDuringExecution:
  - podAffinityTerm:
      labelSelector:
        matchLabels: {{- (include "kit.labels.match" .context) | nindent 10 }}
          {{- if not (empty .component) }}
          app.kubernetes.io/component: {{ .component }}
          {{- end }}
      topologyKey: kubernetes.io/hostname
    weight: ${index + 1}
{{- else if eq .type "hard" }}
requiredDuringSchedulingIgnoredDuringExecution:
  - labelSelector:
      matchLabels: {{- (include "kit.labels.match" .context) | nindent 8 }}
    topologyKey: kubernetes.io/hostname
{{- end -}}
{{- end -}}
`
}
