{{/* How many pods may run, whether they may run side by side, and how they are replaced. */}}

{{/* The largest number of pods the values allow. */}}
{{- define "hypersdk.maxPods" -}}
{{- if .Values.autoscaling.enabled -}}
{{- include "hypersdk.int" (dict "value" .Values.autoscaling.maxReplicas "name" "autoscaling.maxReplicas" "default" 1) -}}
{{- else -}}
{{- include "hypersdk.int" (dict "value" .Values.replicaCount "name" "replicaCount" "default" 1) -}}
{{- end -}}
{{- end }}

{{- define "hypersdk.sqlite" -}}
{{- if eq (lower (.Values.config.databaseType | default "sqlite")) "sqlite" }}true{{ end -}}
{{- end }}

{{/* The claims that only one node can mount, as "data, exports". */}}
{{- define "hypersdk.singleNodeClaims" -}}
{{- $root := . -}}
{{- $names := list -}}
{{- range $volume := list "data" "exports" "audit" -}}
  {{- $mode := (index $root.Values.persistence $volume).accessMode -}}
  {{- $claim := include "hypersdk.claim" (dict "root" $root "volume" $volume) -}}
  {{- $unused := and (eq $volume "audit") (not (include "hypersdk.auditFolder" $root)) -}}
  {{- if and $claim (not $unused) (not (has $mode (list "ReadWriteMany" "ReadOnlyMany"))) -}}
    {{- $names = append $names $volume -}}
  {{- end -}}
{{- end -}}
{{- join ", " $names -}}
{{- end }}

{{/* Why several pods cannot work; empty if they can, or if there is only one. */}}
{{- define "hypersdk.replicaProblem" -}}
{{- $pods := include "hypersdk.maxPods" . -}}
{{- if and (gt (int $pods) 1) (ne .Values.replicaGuard "off") -}}
  {{- if include "hypersdk.sqlite" . -}}
    up to {{ $pods }} pods are asked for, but config.databaseType is sqlite, a file that only one pod may write. {{- " " -}}
    Set replicaCount to 1 and autoscaling.enabled to false
  {{- else if include "hypersdk.singleNodeClaims" . -}}
    up to {{ $pods }} pods are asked for, but only one node can mount the volumes {{ include "hypersdk.singleNodeClaims" . }}. {{- " " -}}
    Set accessMode to ReadWriteMany on a storage class that offers it, or use one pod
  {{- end -}}
{{- end -}}
{{- end }}

{{/* Recreate whenever an old and a new pod would fight over a claim or the database file:
     a rolling update would wait for the volume forever, or have two writers. */}}
{{- define "hypersdk.updateStrategy" -}}
{{- $sharedFile := and (include "hypersdk.sqlite" .) (include "hypersdk.claim" (dict "root" . "volume" "data")) -}}
{{- if .Values.updateStrategy -}}
{{ toYaml .Values.updateStrategy }}
{{- else if and (gt (int (include "hypersdk.maxPods" .)) 1) (not $sharedFile) (not (include "hypersdk.singleNodeClaims" .)) -}}
type: RollingUpdate
{{- else -}}
type: Recreate
# Clears what the API server filled in under a former RollingUpdate.
rollingUpdate: null
{{- end -}}
{{- end }}
