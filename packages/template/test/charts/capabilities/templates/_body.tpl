{{- define "body" -}}
version: {{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.KubeVersion.Major }} {{ .Capabilities.KubeVersion.Minor }}
printed: {{ .Capabilities.KubeVersion }} {{ print .Capabilities.KubeVersion.GitVersion }} {{ .Capabilities.KubeVersion.String }}
struct: {{ print .Capabilities.KubeVersion }}
semver: {{ semverCompare ">=1.21-0" .Capabilities.KubeVersion.Version }} {{ semverCompare "<1.25-0" .Capabilities.KubeVersion.GitVersion }}
has: {{ .Capabilities.APIVersions.Has "apps/v1" }} {{ .Capabilities.APIVersions.Has "apps/v1/Deployment" }} {{ .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" }} {{ has "batch/v1" .Capabilities.APIVersions }}
count: {{ len .Capabilities.APIVersions }} {{ first .Capabilities.APIVersions }} {{ last .Capabilities.APIVersions }}
all: {{ range .Capabilities.APIVersions }}{{ . }} {{ end }}
helm: {{ .Capabilities.HelmVersion.Version }}
json: {{ .Capabilities.KubeVersion | toJson }} {{ .Capabilities.HelmVersion | toJson }}
{{- end -}}
