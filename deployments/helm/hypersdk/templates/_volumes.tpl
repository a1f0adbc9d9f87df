{{/* Storage: the volumes data, exports and audit, each a claim of the chart, a claim that
     exists, or an emptyDir. */}}

{{/* The claim behind a volume, empty if there is none; dict: root, volume. */}}
{{- define "hypersdk.claim" -}}
{{- $settings := index .root.Values.persistence .volume -}}
{{- if $settings.enabled -}}
{{- $settings.existingClaim | default (printf "%s-%s" (include "hypersdk.fullname" .root) .volume) -}}
{{- end -}}
{{- end }}

{{/* The PersistentVolumeClaim the chart creates; dict: root, volume. */}}
{{- define "hypersdk.persistentVolumeClaim" -}}
{{- $settings := index .root.Values.persistence .volume -}}
{{- if and $settings.enabled (not $settings.existingClaim) -}}
{{- /* helm uninstall would delete every export and the job history with the release. */ -}}
{{- $annotations := dict -}}
{{- if $settings.keep -}}
  {{- $_ := set $annotations "helm.sh/resource-policy" "keep" -}}
{{- end -}}
{{- $annotations = merge (deepCopy ($settings.annotations | default dict)) $annotations -}}
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  {{- include "hypersdk.metadata" (dict "root" .root "suffix" (print "-" .volume) "annotations" $annotations) | nindent 2 }}
spec:
  accessModes:
    - {{ $settings.accessMode }}
  {{- with $settings.storageClass }}
  storageClassName: {{ ternary "" . (eq . "-") | quote }}
  {{- end }}
  resources:
    requests:
      storage: {{ include "hypersdk.text" $settings.size | quote }}
{{- end }}
{{- end }}

{{/* One entry of the pod's volumes; dict: root, volume. */}}
{{- define "hypersdk.volume" -}}
- name: {{ .volume }}
{{- with include "hypersdk.claim" . }}
  persistentVolumeClaim:
    claimName: {{ . }}
{{- else }}
  emptyDir: {}
{{- end }}
{{- end }}

{{/* "true" if extraVolumeMounts provide this folder or one above it; dict: root, path. */}}
{{- define "hypersdk.mountedByUser" -}}
{{- $path := .path -}}
{{- $found := false -}}
{{- range .root.Values.extraVolumeMounts -}}
  {{- if hasPrefix (print (clean .mountPath | trimSuffix "/") "/") (print $path "/") -}}
    {{- $found = true -}}
  {{- end -}}
{{- end -}}
{{- if $found }}true{{ end -}}
{{- end }}

{{/* The folder to mount for the audit log; empty if another mount already provides it. */}}
{{- define "hypersdk.auditFolder" -}}
{{- $audit := .Values.config.audit -}}
{{- if and $audit.enabled $audit.logPath -}}
  {{- $folder := clean (dir $audit.logPath) -}}
  {{- $provided := regexMatch "^/((data|exports|config)(/.*)?)?$" $folder -}}
  {{- if and (isAbs $folder) (not $provided) (not (include "hypersdk.mountedByUser" (dict "root" . "path" $folder))) -}}
    {{- $folder -}}
  {{- end -}}
{{- end -}}
{{- end }}

{{/* "true" if /tmp has to be a volume: the daemon and SQLite write temporary files. */}}
{{- define "hypersdk.needsTmp" -}}
{{- if and (.Values.securityContext | default dict).readOnlyRootFilesystem (not (include "hypersdk.mountedByUser" (dict "root" . "path" "/tmp"))) -}}
true
{{- end -}}
{{- end }}

{{- define "hypersdk.volumes" -}}
{{ include "hypersdk.volume" (dict "root" . "volume" "data") }}
{{ include "hypersdk.volume" (dict "root" . "volume" "exports") }}
- name: config
  configMap:
    name: {{ include "hypersdk.fullname" . }}
{{- if include "hypersdk.auditFolder" . }}
{{ include "hypersdk.volume" (dict "root" . "volume" "audit") }}
{{- end }}
{{- if include "hypersdk.needsTmp" . }}
- name: tmp-dir
  emptyDir: {}
{{- end }}
{{- if .Values.credentials.gcp.enabled }}
- name: gcp-credentials
  secret:
    secretName: {{ include "hypersdk.secretName" (dict "root" . "provider" "gcp") }}
    items:
      - key: serviceAccountJSON
        path: credentials.json
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "hypersdk.volumeMounts" -}}
- name: data
  mountPath: /data
- name: exports
  mountPath: /exports
- name: config
  mountPath: /config
  readOnly: true
{{- with include "hypersdk.auditFolder" . }}
- name: audit
  mountPath: {{ . }}
{{- end }}
{{- if include "hypersdk.needsTmp" . }}
- name: tmp-dir
  mountPath: /tmp
{{- end }}
{{- if .Values.credentials.gcp.enabled }}
- name: gcp-credentials
  mountPath: /var/run/secrets/hypersdk/gcp
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}
