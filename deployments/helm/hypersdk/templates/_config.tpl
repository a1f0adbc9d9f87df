{{/* The daemon's settings: a file for the daemon, flat keys for everyone else. */}}

{{/* One setting below config as a whole number; dict: root, key ("audit.maxSize"), default. */}}
{{- define "hypersdk.configInt" -}}
{{- $value := .root.Values.config -}}
{{- range $part := splitList "." .key -}}
  {{- $value = index ($value | default dict) $part -}}
{{- end -}}
{{- include "hypersdk.int" (dict "value" $value "name" (print "config." .key) "default" .default) -}}
{{- end }}

{{- define "hypersdk.downloadWorkers" -}}
{{- include "hypersdk.configInt" (dict "root" . "key" "downloadWorkers" "default" 3) -}}
{{- end }}
{{- define "hypersdk.chunkSize" -}}
{{- include "hypersdk.configInt" (dict "root" . "key" "chunkSize" "default" 33554432) -}}
{{- end }}
{{- define "hypersdk.retryAttempts" -}}
{{- include "hypersdk.configInt" (dict "root" . "key" "retryAttempts" "default" 3) -}}
{{- end }}

{{- define "hypersdk.configData" -}}
log_level: {{ .Values.config.logLevel | quote }}
daemon_addr: {{ .Values.config.daemonAddr | quote }}
download_workers: {{ include "hypersdk.downloadWorkers" . | quote }}
chunk_size: {{ include "hypersdk.chunkSize" . | quote }}
retry_attempts: {{ include "hypersdk.retryAttempts" . | quote }}
retry_delay: {{ .Values.config.retryDelay | quote }}
config.yaml: |
  {{- include "hypersdk.configFile" . | nindent 2 }}
{{- end }}

{{- define "hypersdk.configFile" -}}
{{- $config := .Values.config -}}
daemon_addr: {{ $config.daemonAddr | quote }}
log_level: {{ $config.logLevel | quote }}
database_path: {{ $config.databasePath | quote }}
database_type: {{ $config.databaseType | quote }}
download_workers: {{ include "hypersdk.downloadWorkers" . }}
chunk_size: {{ include "hypersdk.chunkSize" . }}
retry_attempts: {{ include "hypersdk.retryAttempts" . }}
retry_delay: {{ $config.retryDelay | quote }}
webhooks: {{ $config.webhooks | default list | toJson }}
metrics:
  enabled: true
  addr: {{ $config.metricsAddr | quote }}
  path: /metrics
scheduler:
  enabled: {{ $config.scheduler.enabled }}
  timezone: {{ $config.scheduler.timezone | quote }}
  max_concurrent_jobs: {{ include "hypersdk.configInt" (dict "root" . "key" "scheduler.maxConcurrentJobs" "default" 3) }}
rate_limiting:
  enabled: {{ $config.rateLimiting.enabled }}
  requests_per_minute: {{ include "hypersdk.configInt" (dict "root" . "key" "rateLimiting.requestsPerMinute" "default" 100) }}
  burst: {{ include "hypersdk.configInt" (dict "root" . "key" "rateLimiting.burst" "default" 50) }}
security:
  enable_tls: {{ $config.security.enableTLS }}
  {{- with $config.security.tlsCert }}
  tls_cert: {{ . | quote }}
  {{- end }}
  {{- with $config.security.tlsKey }}
  tls_key: {{ . | quote }}
  {{- end }}
audit:
  enabled: {{ $config.audit.enabled }}
  log_path: {{ $config.audit.logPath | quote }}
  max_size: {{ include "hypersdk.configInt" (dict "root" . "key" "audit.maxSize" "default" 100) }}
  max_backups: {{ include "hypersdk.configInt" (dict "root" . "key" "audit.maxBackups" "default" 10) }}
  max_age: {{ include "hypersdk.configInt" (dict "root" . "key" "audit.maxAge" "default" 30) }}
{{- end }}
