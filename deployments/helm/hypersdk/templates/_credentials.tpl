{{/* Provider credentials: a Secret of the release or one that exists, read as environment. */}}

{{/* dict: root, provider */}}
{{- define "hypersdk.secretName" -}}
{{- $settings := index .root.Values.credentials .provider -}}
{{- $settings.existingSecret | default (printf "%s-%s" (include "hypersdk.fullname" .root) .provider) -}}
{{- end }}

{{/* The content of a generated Secret as YAML, empty if the release makes none; dict: root, provider. */}}
{{- define "hypersdk.secretData" -}}
{{- $settings := index .root.Values.credentials .provider -}}
{{- $keys := dict
    "vsphere" (list "url" "username" "password" "insecure")
    "aws" (list "accessKeyId" "secretAccessKey" "region")
    "azure" (list "subscriptionId" "tenantId" "clientId" "clientSecret")
    "gcp" (list "projectId" "serviceAccountJSON") -}}
{{- if and $settings.enabled (not $settings.existingSecret) -}}
  {{- $data := dict -}}
  {{- range $key := index $keys .provider -}}
    {{- $value := index $settings $key -}}
    {{- if kindIs "map" $value -}}
      {{- $value = toJson $value -}}
    {{- else if and (eq $key "insecure") (kindIs "bool" $value) -}}
      {{- /* The daemon compares with "1". */ -}}
      {{- $value = ternary "1" "0" $value -}}
    {{- end -}}
    {{- $_ := set $data $key (include "hypersdk.text" $value) -}}
  {{- end -}}
  {{- toYaml $data -}}
{{- end -}}
{{- end }}

{{/* The Secret object; dict: root, provider. */}}
{{- define "hypersdk.secret" -}}
{{- with include "hypersdk.secretData" . -}}
apiVersion: v1
kind: Secret
metadata:
  {{- include "hypersdk.metadata" (dict "root" $.root "suffix" (print "-" $.provider)) | nindent 2 }}
type: Opaque
stringData:
  {{- . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Changes whenever a generated Secret does, and then replaces the pods. */}}
{{- define "hypersdk.secretChecksum" -}}
{{- $all := list -}}
{{- range $provider := list "vsphere" "aws" "azure" "gcp" -}}
  {{- $all = append $all (include "hypersdk.secretData" (dict "root" $ "provider" $provider)) -}}
{{- end -}}
{{- join "\n" $all | sha256sum -}}
{{- end }}

{{/* Environment from a Secret, one "VARIABLE: key" a line; dict: root, provider, variables,
     optional (keys a Secret of the user's may lack). */}}
{{- define "hypersdk.secretEnv" -}}
{{- range $variable, $key := .variables }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef:
      name: {{ include "hypersdk.secretName" $ }}
      key: {{ $key }}
      {{- if and (has $key ($.optional | default list)) (index $.root.Values.credentials $.provider).existingSecret }}
      optional: true
      {{- end }}
{{- end }}
{{- end }}

{{/* The chart's own environment. */}}
{{- define "hypersdk.env" -}}
- name: LOG_LEVEL
  value: {{ .Values.config.logLevel | quote }}
- name: LOG_FORMAT
  value: {{ .Values.config.logFormat | quote }}
- name: DAEMON_ADDR
  value: {{ .Values.config.daemonAddr | quote }}
- name: DATABASE_PATH
  value: {{ .Values.config.databasePath | quote }}
- name: DOWNLOAD_WORKERS
  value: {{ include "hypersdk.downloadWorkers" . | quote }}
- name: CHUNK_SIZE
  value: {{ include "hypersdk.chunkSize" . | quote }}
- name: RETRY_ATTEMPTS
  value: {{ include "hypersdk.retryAttempts" . | quote }}
{{- if .Values.credentials.vsphere.enabled }}
{{- include "hypersdk.secretEnv" (dict "root" . "provider" "vsphere" "optional" (list "insecure") "variables" (dict
    "GOVC_URL" "url" "GOVC_USERNAME" "username" "GOVC_PASSWORD" "password" "GOVC_INSECURE" "insecure")) }}
{{- end }}
{{- if .Values.credentials.aws.enabled }}
{{- include "hypersdk.secretEnv" (dict "root" . "provider" "aws" "optional" (list "region") "variables" (dict
    "AWS_ACCESS_KEY_ID" "accessKeyId" "AWS_SECRET_ACCESS_KEY" "secretAccessKey" "AWS_REGION" "region")) }}
{{- end }}
{{- if .Values.credentials.azure.enabled }}
{{- include "hypersdk.secretEnv" (dict "root" . "provider" "azure" "variables" (dict
    "AZURE_SUBSCRIPTION_ID" "subscriptionId" "AZURE_TENANT_ID" "tenantId" "AZURE_CLIENT_ID" "clientId" "AZURE_CLIENT_SECRET" "clientSecret")) }}
{{- end }}
{{- if .Values.credentials.gcp.enabled }}
{{- include "hypersdk.secretEnv" (dict "root" . "provider" "gcp" "variables" (dict
    "GCP_PROJECT_ID" "projectId" "GOOGLE_CLOUD_PROJECT" "projectId")) }}
- name: GOOGLE_APPLICATION_CREDENTIALS
  value: /var/run/secrets/hypersdk/gcp/credentials.json
{{- end }}
{{- end }}

{{/* Own and extra environment without duplicate names, which server-side apply refuses:
     the user's entry wins, as it always did by coming last. */}}
{{- define "hypersdk.mergedEnv" -}}
{{- $extra := .Values.extraEnv | default list -}}
{{- $taken := list -}}
{{- range $extra }}{{ $taken = append $taken .name }}{{ end -}}
{{- $env := list -}}
{{- range include "hypersdk.env" . | fromYamlArray -}}
  {{- if not (has .name $taken) -}}
    {{- $env = append $env . -}}
  {{- end -}}
{{- end -}}
{{- toYaml (concat $env $extra) -}}
{{- end }}
