{{/* What a schema cannot say. Included once, by the Deployment. */}}

{{- define "hypersdk.validate" -}}
{{- $required := dict
    "vsphere" (list "url" "username" "password")
    "aws" (list "accessKeyId" "secretAccessKey")
    "azure" (list "subscriptionId" "tenantId" "clientId" "clientSecret")
    "gcp" (list "projectId" "serviceAccountJSON") -}}
{{- range $provider := keys $required | sortAlpha -}}
  {{- $settings := index $.Values.credentials $provider -}}
  {{- if and $settings.enabled (not $settings.existingSecret) -}}
    {{- $missing := list -}}
    {{- range $key := index $required $provider -}}
      {{- if not (index $settings $key) -}}
        {{- $missing = append $missing (printf "credentials.%s.%s" $provider $key) -}}
      {{- end -}}
    {{- end -}}
    {{- if $missing -}}
      {{- fail (printf "credentials.%s.enabled is true, but %s %s empty. Set %s, or name a Secret of namespace %s in credentials.%s.existingSecret." $provider (join ", " $missing) (ternary "is" "are" (eq (len $missing) 1)) (ternary "it" "them" (eq (len $missing) 1)) $.Release.Namespace $provider) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- if eq .Values.replicaGuard "refuse" -}}
  {{- with include "hypersdk.replicaProblem" . -}}
    {{- fail (printf "%s, or set replicaGuard to warn or off." .) -}}
  {{- end -}}
{{- end -}}
{{- if and .Values.rbac.create (not .Values.rbac.rules) -}}
  {{- fail "rbac.create is true, but rbac.rules is empty. List the rights the pod needs, or leave rbac.create false: the daemon itself needs none." -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
  {{- fail "httpRoute.enabled is true, but httpRoute.parentRefs is empty. Name the Gateway, e.g. httpRoute.parentRefs[0].name=public." -}}
{{- end -}}
{{- end }}
